import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE token_scopes (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text UNIQUE REFERENCES projects (id),
     key_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE token_entries (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     scope_id text NOT NULL REFERENCES token_scopes (id),
     type text NOT NULL,
     code text NOT NULL,
     identity bytea NOT NULL,
     generation integer NOT NULL,
     spelling bytea,
     value_sealed bytea,
     key_sealed bytea,
     created_at timestamptz NOT NULL DEFAULT now(),
     erased_at timestamptz,
     UNIQUE (scope_id, code),
     UNIQUE (scope_id, spelling),
     CHECK ((erased_at IS NULL) = (spelling IS NOT NULL AND value_sealed IS NOT NULL AND key_sealed IS NOT NULL)))`,
  'CREATE INDEX token_entries_scope_id_identity ON token_entries (scope_id, identity)',
  'CREATE INDEX token_entries_scope_id_created_at ON token_entries (scope_id, created_at, id)',
  'CREATE INDEX token_entries_scope_id_type ON token_entries (scope_id, type, created_at, id)',
  `CREATE TABLE token_tombstones (
     organization_id text NOT NULL REFERENCES organizations (id),
     scope_id text NOT NULL REFERENCES token_scopes (id),
     identity bytea NOT NULL,
     generation integer NOT NULL,
     erased_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (scope_id, identity))`,
];

const TABLES = ['token_tombstones', 'token_entries', 'token_scopes'];

/**
 * Tokens and the values they stand for. An entry of an erased value keeps its code, so that it is never issued again;
 * a tombstone is the generation that an identity has reached.
 */
export class Tokens1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
