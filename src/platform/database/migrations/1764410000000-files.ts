import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE documents (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     file_id text NOT NULL UNIQUE,
     redacted_file_id text UNIQUE,
     name_sealed bytea NOT NULL,
     name_lookup bytea NOT NULL,
     format text NOT NULL,
     size bigint NOT NULL,
     status text NOT NULL,
     redaction_status text NOT NULL,
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (project_id, name_lookup))`,
  'CREATE INDEX documents_organization_id_created_at ON documents (organization_id, created_at, id)',
  'CREATE INDEX documents_project_id_created_at ON documents (project_id, created_at, id)',
  `CREATE TABLE files (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     document_id text NOT NULL REFERENCES documents (id),
     kind text NOT NULL,
     version integer NOT NULL,
     object_key text NOT NULL UNIQUE,
     size bigint NOT NULL,
     stored_size bigint NOT NULL,
     key_wrapped bytea NOT NULL,
     digest_sealed bytea NOT NULL,
     digest_lookup bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (document_id, kind))`,
  'CREATE INDEX files_project_id ON files (project_id)',
  'CREATE INDEX files_organization_id_digest_lookup ON files (organization_id, digest_lookup)',
  `CREATE TABLE document_lookups (
     organization_id text PRIMARY KEY REFERENCES organizations (id),
     key_sealed bytea NOT NULL)`,
  `CREATE TABLE loose_objects (
     object_key text PRIMARY KEY,
     expires_at timestamptz NOT NULL,
     doomed boolean NOT NULL DEFAULT false)`,
  'CREATE INDEX loose_objects_expires_at ON loose_objects (expires_at)',
  `CREATE TABLE storage_usage (
     organization_id text PRIMARY KEY REFERENCES organizations (id),
     used_bytes bigint NOT NULL DEFAULT 0,
     quota_bytes bigint)`,
];

const TABLES = ['storage_usage', 'loose_objects', 'document_lookups', 'files', 'documents'];

/**
 * Encrypted files: documents, the files of each, the keys that names are looked up by, objects that no file refers to,
 * and what every organization stores.
 */
export class Files1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
