import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Whom it is about is an id, or a type and the print of a value: keyed digests, by which it is found and never known.
  `CREATE TABLE erasures (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     status text NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed')),
     subject_user_id text,
     account boolean NOT NULL DEFAULT false,
     subject_project_id text,
     type text,
     print jsonb,
     reason_sealed bytea,
     counts jsonb NOT NULL DEFAULT '{}',
     requested_by text,
     job_id text,
     error_code text,
     statement text,
     signature bytea,
     created_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     completed_at timestamptz,
     reapplied_at timestamptz,
     CHECK (num_nonnulls(subject_user_id, subject_project_id, type) = 1 AND (type IS NULL) = (print IS NULL)),
     CHECK ((status = 'completed') = (completed_at IS NOT NULL AND statement IS NOT NULL AND signature IS NOT NULL)))`,
  'CREATE INDEX erasures_organization_id_created_at ON erasures (organization_id, created_at, id)',
  // Details that went with a person leave the digest that the log commits to.
  'ALTER TABLE audit_logs ALTER COLUMN sealed DROP NOT NULL',
  'ALTER TABLE audit_logs ADD COLUMN sealed_digest bytea',
  `ALTER TABLE audit_logs ADD CONSTRAINT audit_logs_sealed_check CHECK (sealed IS NOT NULL OR sealed_digest IS NOT NULL)`,
];

const DOWN = [
  'ALTER TABLE audit_logs DROP CONSTRAINT audit_logs_sealed_check',
  'ALTER TABLE audit_logs DROP COLUMN sealed_digest',
  `UPDATE audit_logs SET sealed = '' WHERE sealed IS NULL`,
  'ALTER TABLE audit_logs ALTER COLUMN sealed SET NOT NULL',
  'DROP TABLE erasures',
];

/** Erasures of people and values, and audit rows whose details were erased. */
export class Erasures1764930000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
