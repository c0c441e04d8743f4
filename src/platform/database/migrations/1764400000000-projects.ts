import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE projects
     ADD COLUMN description_sealed bytea,
     ADD COLUMN protected boolean NOT NULL DEFAULT false,
     ADD COLUMN version integer NOT NULL DEFAULT 1,
     ADD COLUMN document_count integer NOT NULL DEFAULT 0,
     ADD COLUMN environment_count integer NOT NULL DEFAULT 0,
     ADD COLUMN size_bytes bigint NOT NULL DEFAULT 0,
     ADD COLUMN retention_days integer,
     ADD COLUMN legal_hold boolean NOT NULL DEFAULT false,
     ADD COLUMN archived_at timestamptz`,
  'CREATE INDEX projects_organization_id_created_at ON projects (organization_id, created_at, id)',
  `CREATE TABLE project_keys (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL UNIQUE REFERENCES projects (id),
     version integer NOT NULL,
     protection text NOT NULL,
     kdf jsonb,
     public_sealed bytea NOT NULL,
     private_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     CHECK ((protection = 'password') = (kdf IS NOT NULL)))`,
];

/** Foreign keys to a project, and what becomes of their rows when it is deleted. */
const REFERENCES: readonly (readonly [table: string, column: string, parent: string, action: string])[] = [
  ['api_keys', 'default_project_id', 'projects', 'SET NULL'],
  ['jobs', 'project_id', 'projects', 'SET NULL'],
  ['batches', 'project_id', 'projects', 'SET NULL'],
  ['token_scopes', 'project_id', 'projects', 'CASCADE'],
  ['token_entries', 'scope_id', 'token_scopes', 'CASCADE'],
  ['token_tombstones', 'scope_id', 'token_scopes', 'CASCADE'],
];

async function refer(runner: QueryRunner, onDelete: (action: string) => string): Promise<void> {
  for (const [table, column, parent, action] of REFERENCES) {
    const name = `${table}_${column}_fkey`;
    await runner.query(
      `ALTER TABLE ${table} DROP CONSTRAINT ${name},
         ADD CONSTRAINT ${name} FOREIGN KEY (${column}) REFERENCES ${parent} (id)${onDelete(action)}`,
    );
  }
}

/**
 * Projects as people use them, and their key pairs. A project's tokens go with it, and with them the keys that sealed
 * their values.
 */
export class Projects1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await refer(runner, (action) => ` ON DELETE ${action}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await refer(runner, () => '');
    await runner.query('DROP TABLE project_keys');
    await runner.query('DROP INDEX projects_organization_id_created_at');
    await runner.query(
      `ALTER TABLE projects
         DROP COLUMN description_sealed, DROP COLUMN protected, DROP COLUMN version, DROP COLUMN document_count,
         DROP COLUMN environment_count, DROP COLUMN size_bytes, DROP COLUMN retention_days, DROP COLUMN legal_hold,
         DROP COLUMN archived_at`,
    );
  }
}
