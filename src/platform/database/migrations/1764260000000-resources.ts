import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE resources (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     type text NOT NULL,
     name text NOT NULL,
     status text NOT NULL,
     version integer NOT NULL,
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX resources_organization_id_created_at ON resources (organization_id, created_at, id)',
  `CREATE TABLE resource_versions (
     resource_id text NOT NULL REFERENCES resources (id),
     organization_id text NOT NULL REFERENCES organizations (id),
     version integer NOT NULL,
     name text NOT NULL,
     status text NOT NULL,
     config_sealed bytea NOT NULL,
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL,
     PRIMARY KEY (resource_id, version))`,
  'CREATE INDEX resource_versions_organization_id ON resource_versions (organization_id)',
];

/** Redaction policies and every version they have had. */
export class Resources1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['resource_versions', 'resources']) await runner.query(`DROP TABLE ${table}`);
  }
}
