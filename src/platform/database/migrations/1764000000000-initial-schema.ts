import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE organizations (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     name text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE users (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     organization_id text NOT NULL REFERENCES organizations (id),
     system_role text NOT NULL,
     email_sealed bytea,
     email_lookup bytea UNIQUE,
     name_sealed bytea,
     password_hash text,
     disabled_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE memberships (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     user_id text NOT NULL REFERENCES users (id),
     role text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (organization_id, user_id))`,
  `CREATE TABLE projects (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     organization_id text NOT NULL REFERENCES organizations (id),
     name text NOT NULL,
     status text NOT NULL DEFAULT 'active',
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX projects_organization_id ON projects (organization_id, id)',
  `CREATE TABLE api_keys (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     user_id text NOT NULL REFERENCES users (id),
     default_project_id text REFERENCES projects (id),
     name text NOT NULL,
     hint text NOT NULL,
     hash bytea NOT NULL UNIQUE,
     scopes text[] NOT NULL,
     plan text NOT NULL,
     expires_at timestamptz,
     revoked_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX api_keys_organization_id ON api_keys (organization_id, id)',
  `CREATE TABLE master_keys (
     id text PRIMARY KEY,
     check_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE organization_keys (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     version integer NOT NULL,
     master_key_id text NOT NULL REFERENCES master_keys (id),
     wrapped bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (organization_id, version))`,
  `CREATE TABLE data_keys (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     organization_key_id text NOT NULL REFERENCES organization_keys (id),
     purpose text NOT NULL,
     version integer NOT NULL,
     wrapped bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (organization_id, purpose, version))`,
  `CREATE TABLE audit_logs (
     id text PRIMARY KEY,
     number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text,
     actor_type text NOT NULL,
     actor_id text NOT NULL,
     action text NOT NULL,
     target_type text,
     target_id text,
     request_id text NOT NULL,
     counts jsonb NOT NULL,
     sealed bytea NOT NULL,
     created_at timestamptz NOT NULL)`,
  'CREATE INDEX audit_logs_organization_id_created_at ON audit_logs (organization_id, created_at, number)',
];

const TABLES = [
  'audit_logs',
  'data_keys',
  'organization_keys',
  'master_keys',
  'api_keys',
  'projects',
  'memberships',
  'users',
  'organizations',
];

/** Tenants, their people, projects and keys, the key hierarchy, and the audit log. */
export class InitialSchema1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
