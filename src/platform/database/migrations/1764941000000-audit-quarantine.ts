import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE audit_trees
     ADD COLUMN quarantined_at timestamptz,
     ADD COLUMN quarantine_reason text CHECK (quarantine_reason IN ('shorter', 'ahead', 'other_root', 'unreadable')),
     ADD CHECK ((quarantined_at IS NULL) = (quarantine_reason IS NULL))`,
  'CREATE INDEX audit_trees_quarantined ON audit_trees (id) WHERE quarantined_at IS NOT NULL',
  `CREATE TABLE audit_parked (
     organization_id text NOT NULL,
     number bigint NOT NULL,
     PRIMARY KEY (organization_id, number))`,
];

/** Trees that contradict themselves are set apart, and rows that would get their places in them wait beside the queue, so that it stays short. */
export class AuditQuarantine1764941000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM audit_parked ORDER BY number',
    );
    await runner.query('DROP TABLE audit_parked');
    await runner.query('ALTER TABLE audit_trees DROP COLUMN quarantine_reason, DROP COLUMN quarantined_at');
  }
}
