import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE grants (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     file_id text NOT NULL REFERENCES files (id) ON DELETE CASCADE,
     sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL)`,
  'CREATE INDEX grants_file_id ON grants (file_id)',
  'CREATE INDEX grants_expires_at ON grants (expires_at)',
  `CREATE TABLE event_deliveries (
     consumer text NOT NULL,
     event_id text NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     attempts integer NOT NULL DEFAULT 0,
     run_after timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (consumer, event_id))`,
  'CREATE INDEX event_deliveries_run_after ON event_deliveries (run_after)',
  `CREATE TABLE redactions (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     job_id text NOT NULL UNIQUE REFERENCES jobs (id),
     policy_id text,
     policy_version integer,
     policy_sealed bytea NOT NULL,
     documents integer NOT NULL CHECK (documents > 0),
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX redactions_project_id ON redactions (project_id, created_at, id)',
  `CREATE TABLE redaction_documents (
     redaction_id text NOT NULL REFERENCES redactions (id) ON DELETE CASCADE,
     position integer NOT NULL CHECK (position >= 0),
     organization_id text NOT NULL REFERENCES organizations (id),
     document_id text NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
     grant_id text,
     status text NOT NULL,
     error_code text,
     error_page integer,
     redactions integer,
     original_size bigint NOT NULL,
     redacted_file_id text,
     redacted_size bigint,
     started_at timestamptz,
     finished_at timestamptz,
     PRIMARY KEY (redaction_id, position))`,
  'CREATE INDEX redaction_documents_document_id ON redaction_documents (document_id)',
  `CREATE TABLE redaction_reports (
     document_id text PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
     organization_id text NOT NULL REFERENCES organizations (id),
     redaction_id text NOT NULL,
     redacted_file_id text NOT NULL,
     version integer NOT NULL,
     report_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  // The name of a redacted file is its document's, with what was found in it removed.
  'ALTER TABLE files ADD COLUMN name_sealed bytea',
];

const TABLES = ['redaction_reports', 'redaction_documents', 'redactions', 'event_deliveries', 'grants'];

/**
 * Redactions of documents: keys granted to a job's tasks for as long as they live, news on their way to who consumes
 * them, what was asked for, what became of each document, and the reports.
 */
export class Redactions1764450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE files DROP COLUMN name_sealed');
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
