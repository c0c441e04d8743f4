import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE instance_keys (
     id text PRIMARY KEY,
     purpose text NOT NULL,
     version integer NOT NULL,
     master_key_id text NOT NULL REFERENCES master_keys (id),
     wrapped bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (purpose, version))`,
  `CREATE TABLE ephemeral_keys (
     id text PRIMARY KEY,
     public_key bytea NOT NULL,
     private_sealed bytea NOT NULL,
     expires_at timestamptz,
     created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX ephemeral_keys_pool ON ephemeral_keys (created_at, id) WHERE expires_at IS NULL',
  'CREATE INDEX ephemeral_keys_expires_at ON ephemeral_keys (expires_at)',
];

/** Keys that belong to no organization, and the pool of keys that are used once. */
export class InstanceKeys1764420000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ephemeral_keys', 'instance_keys']) await runner.query(`DROP TABLE ${table}`);
  }
}
