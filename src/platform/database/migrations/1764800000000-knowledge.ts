import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE documents ADD COLUMN knowledge_base_id text',
  'ALTER TABLE documents DROP CONSTRAINT documents_project_id_name_lookup_key',
  `CREATE UNIQUE INDEX documents_project_id_name_lookup ON documents (project_id, name_lookup)
     WHERE knowledge_base_id IS NULL`,
  `CREATE UNIQUE INDEX documents_knowledge_base_id_name_lookup ON documents (knowledge_base_id, name_lookup)
     WHERE knowledge_base_id IS NOT NULL`,
  `CREATE INDEX documents_knowledge_base_id_created_at ON documents (knowledge_base_id, created_at, id)
     WHERE knowledge_base_id IS NOT NULL`,
  `CREATE TABLE knowledge_bases (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     texts_sealed bytea NOT NULL,
     name_lookup bytea NOT NULL,
     chunk_size integer NOT NULL,
     chunk_overlap integer NOT NULL,
     redact boolean NOT NULL,
     processor_id text,
     embedding_model text,
     document_count integer NOT NULL DEFAULT 0,
     indexed_count integer NOT NULL DEFAULT 0,
     chunk_count integer NOT NULL DEFAULT 0,
     revision bigint NOT NULL DEFAULT 0,
     version integer NOT NULL DEFAULT 1,
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (project_id, name_lookup))`,
  `CREATE INDEX knowledge_bases_organization_id_created_at ON knowledge_bases
     (organization_id, created_at, id)`,
  `CREATE TABLE knowledge_documents (
     document_id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     knowledge_base_id text NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
     content_lookup bytea NOT NULL,
     grant_id text,
     job_id text,
     status text NOT NULL,
     error_code text,
     stage text,
     stage_done integer NOT NULL DEFAULT 0,
     stage_total integer NOT NULL DEFAULT 0,
     edition integer NOT NULL DEFAULT 0,
     redacted boolean NOT NULL DEFAULT false,
     page_count integer,
     chunk_count integer NOT NULL DEFAULT 0,
     character_count integer NOT NULL DEFAULT 0,
     partial_reason text,
     outline_sealed bytea,
     indexed_at timestamptz,
     embedding_status text NOT NULL DEFAULT 'none',
     embedding_error text,
     embedding_model text,
     UNIQUE (knowledge_base_id, content_lookup))`,
  'CREATE INDEX knowledge_documents_organization_id ON knowledge_documents (organization_id)',
  `CREATE TABLE knowledge_texts (
     document_id text NOT NULL REFERENCES knowledge_documents (document_id) ON DELETE CASCADE,
     position integer NOT NULL,
     organization_id text NOT NULL REFERENCES organizations (id),
     unit_start integer NOT NULL,
     point_start integer NOT NULL,
     text_sealed bytea NOT NULL,
     PRIMARY KEY (document_id, position))`,
  'CREATE INDEX knowledge_texts_organization_id ON knowledge_texts (organization_id)',
  `CREATE TABLE knowledge_vectors (
     document_id text NOT NULL REFERENCES knowledge_documents (document_id) ON DELETE CASCADE,
     position integer NOT NULL,
     organization_id text NOT NULL REFERENCES organizations (id),
     edition integer NOT NULL,
     vectors_sealed bytea NOT NULL,
     PRIMARY KEY (document_id, position))`,
  'CREATE INDEX knowledge_vectors_organization_id ON knowledge_vectors (organization_id)',
  `CREATE TABLE knowledge_changes (
     knowledge_base_id text NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
     document_id text NOT NULL,
     organization_id text NOT NULL REFERENCES organizations (id),
     revision bigint NOT NULL,
     PRIMARY KEY (knowledge_base_id, document_id))`,
  'CREATE INDEX knowledge_changes_knowledge_base_id_revision ON knowledge_changes (knowledge_base_id, revision)',
  'CREATE INDEX knowledge_changes_organization_id ON knowledge_changes (organization_id)',
];

const DOWN = [
  'DROP TABLE knowledge_changes',
  'DROP TABLE knowledge_vectors',
  'DROP TABLE knowledge_texts',
  'DROP TABLE knowledge_documents',
  'DROP TABLE knowledge_bases',
  'DROP INDEX documents_knowledge_base_id_created_at',
  'DROP INDEX documents_knowledge_base_id_name_lookup',
  'DROP INDEX documents_project_id_name_lookup',
  'ALTER TABLE documents ADD CONSTRAINT documents_project_id_name_lookup_key UNIQUE (project_id, name_lookup)',
  'ALTER TABLE documents DROP COLUMN knowledge_base_id',
];

/**
 * Knowledge bases: their documents beside what files knows of them, the texts that were read from these in sealed pieces,
 * and what changed at which revision, so that every process brings its index up to date.
 */
export class Knowledge1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
