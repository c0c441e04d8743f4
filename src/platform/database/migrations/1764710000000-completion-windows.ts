import type { MigrationInterface, QueryRunner } from 'typeorm';
import { takeOf } from './1764430000000-uploads-window.js';

const NARROW = 'UPDATE rate_limits SET counts = counts[1:6], ends = ends[1:6]';

/** A seventh and an eighth window, which only completions count in: of a minute and of a day. */
export class CompletionWindows1764710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(takeOf(8));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(takeOf(6));
    await runner.query(NARROW);
  }
}
