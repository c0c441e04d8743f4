import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE jobs ADD COLUMN sequential boolean NOT NULL DEFAULT false',
  `CREATE TABLE batches (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id),
     job_id text NOT NULL UNIQUE REFERENCES jobs (id),
     created_by text NOT NULL REFERENCES users (id),
     order_sealed bytea NOT NULL,
     documents integer NOT NULL CHECK (documents > 0),
     completed integer NOT NULL DEFAULT 0 CHECK (completed >= 0),
     failed integer NOT NULL DEFAULT 0 CHECK (failed >= 0),
     counts jsonb NOT NULL DEFAULT '{}',
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     CHECK (completed + failed <= documents))`,
  'CREATE INDEX batches_organization_id ON batches (organization_id, id)',
  'CREATE INDEX batches_expires_at ON batches (expires_at)',
  `CREATE TABLE batch_documents (
     batch_id text NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
     position integer NOT NULL CHECK (position >= 0),
     organization_id text NOT NULL REFERENCES organizations (id),
     chunk integer NOT NULL CHECK (chunk >= 0),
     sealed bytea NOT NULL,
     PRIMARY KEY (batch_id, position))`,
  'CREATE INDEX batch_documents_chunk ON batch_documents (batch_id, chunk)',
  `CREATE TABLE batch_results (
     batch_id text NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
     position integer NOT NULL CHECK (position >= 0),
     organization_id text NOT NULL REFERENCES organizations (id),
     sealed bytea NOT NULL,
     PRIMARY KEY (batch_id, position))`,
  // What is sealed does not shrink.
  'ALTER TABLE batch_documents ALTER COLUMN sealed SET STORAGE EXTERNAL',
  'ALTER TABLE batch_results ALTER COLUMN sealed SET STORAGE EXTERNAL',
];

const TABLES = ['batch_results', 'batch_documents', 'batches'];

/**
 * Asynchronous batches: documents wait in one table and leave it with their results, which go into the
 * other. Tasks of a sequential job are done one after another.
 */
export class Batches1764270000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE jobs DROP COLUMN sequential');
  }
}
