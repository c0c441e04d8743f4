import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Heads of organizations' logs that the instance's log does not have yet, since it was set apart when they came. They are in
 * `audit_checkpoints` without a leaf; `number` keeps the order in which they came.
 */
export class AuditOwedHeads1764944000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_owed_heads (
         number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         tree integer NOT NULL,
         size bigint NOT NULL,
         UNIQUE (tree, size))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_owed_heads');
  }
}
