import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE environments (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     name text NOT NULL,
     environment_type text NOT NULL,
     description_sealed bytea,
     variable_count integer NOT NULL DEFAULT 0,
     version integer NOT NULL DEFAULT 1,
     revision integer NOT NULL DEFAULT 0,
     revised_at timestamptz NOT NULL DEFAULT now(),
     created_by text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (project_id, name))`,
  'CREATE INDEX environments_organization_id ON environments (organization_id, created_at, id)',
  'CREATE INDEX environments_project_id ON environments (project_id, created_at, id)',
  // What is true of a variable now; what it was, and every value, is in variable_versions.
  `CREATE TABLE variables (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id),
     environment_id text NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
     key text NOT NULL,
     live_key text,
     version integer NOT NULL,
     rotation_due_at timestamptz,
     rotation_told_at timestamptz,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     value_changed_at timestamptz NOT NULL DEFAULT now(),
     deleted_at timestamptz,
     UNIQUE (environment_id, live_key) DEFERRABLE INITIALLY IMMEDIATE)`,
  'CREATE INDEX variables_organization_id ON variables (organization_id, created_at, id)',
  `CREATE INDEX variables_rotation_due_at ON variables (rotation_due_at)
    WHERE rotation_due_at IS NOT NULL AND rotation_told_at IS NULL AND deleted_at IS NULL`,
  // A version is what one change made of a variable; its value lies under a key of its own, and is gone with it.
  `CREATE TABLE variable_versions (
     organization_id text NOT NULL REFERENCES organizations (id),
     environment_id text NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
     variable_id text NOT NULL REFERENCES variables (id) ON DELETE CASCADE,
     version integer NOT NULL,
     revision integer NOT NULL,
     change text NOT NULL,
     key text NOT NULL,
     value_sealed bytea,
     key_sealed bytea,
     digest bytea,
     note_sealed bytea,
     tags text[] NOT NULL DEFAULT '{}',
     rotate_days integer,
     destroyed_at timestamptz,
     destroyed_by text,
     PRIMARY KEY (variable_id, version))`,
  'CREATE INDEX variable_versions_environment_id ON variable_versions (environment_id, revision, variable_id)',
  `CREATE INDEX variable_versions_digest ON variable_versions (organization_id, digest) WHERE digest IS NOT NULL`,
  // One row a change of an environment, however many variables it touched: who, when, by which request, and why.
  `CREATE TABLE environment_revisions (
     organization_id text NOT NULL REFERENCES organizations (id),
     environment_id text NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
     revision integer NOT NULL,
     cause text NOT NULL,
     changed_by text NOT NULL,
     changed_at timestamptz NOT NULL,
     request_id text NOT NULL,
     reason_sealed bytea,
     PRIMARY KEY (environment_id, revision))`,
  'CREATE INDEX environment_revisions_changed_at ON environment_revisions (environment_id, changed_at)',
  // Per organization: the key that values are compared by, and a number that grows with every change of any value.
  `CREATE TABLE vaults (
     organization_id text PRIMARY KEY REFERENCES organizations (id),
     key_sealed bytea NOT NULL,
     revision bigint NOT NULL DEFAULT 0)`,
  // How often a user has sent the first half of a value with a wrong rest, in the hour that began then.
  `CREATE TABLE vault_guesses (
     organization_id text NOT NULL REFERENCES organizations (id),
     user_id text NOT NULL,
     count integer NOT NULL,
     since timestamptz NOT NULL,
     PRIMARY KEY (organization_id, user_id))`,
];

const DOWN = [
  ...['vault_guesses', 'vaults', 'environment_revisions', 'variable_versions', 'variables', 'environments'],
].map((table) => `DROP TABLE ${table}`);

/** Environments, their variables, and everything these have ever been. */
export class Secrets1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
