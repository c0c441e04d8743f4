import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far collectors outside have the audit log, in the order of the instance's tree: all that its first `head` leaves tell of,
 * and of the tree that the next one tells of, the leaves before `leaf`. And which checkpoint of the instance they have.
 */
export class AuditStreams1764940000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_streams (
         collector text PRIMARY KEY CHECK (collector IN ('syslog', 'http')),
         head bigint NOT NULL DEFAULT 0,
         leaf bigint NOT NULL DEFAULT 0,
         checkpoint_size bigint NOT NULL DEFAULT 0,
         checkpoint_at timestamptz)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_streams');
  }
}
