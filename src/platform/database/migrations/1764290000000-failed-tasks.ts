import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks that failed for good are few and asked for often: by monitors at every scrape, by people who repeat them. */
export class FailedTasks1764290000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE INDEX tasks_failed ON tasks (organization_id, id) WHERE status = 'failed'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX tasks_failed');
  }
}
