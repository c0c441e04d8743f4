import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE api_key_secrets (
     hash bytea PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     api_key_id text NOT NULL REFERENCES api_keys (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz)`,
  `INSERT INTO api_key_secrets (hash, organization_id, api_key_id, created_at)
   SELECT hash, organization_id, id, created_at FROM api_keys`,
  'CREATE INDEX api_key_secrets_api_key_id ON api_key_secrets (organization_id, api_key_id)',
  'CREATE UNIQUE INDEX api_key_secrets_current ON api_key_secrets (api_key_id) WHERE expires_at IS NULL',
  'ALTER TABLE api_keys DROP COLUMN hash',
  `ALTER TABLE api_keys ADD COLUMN allowed_networks text[] NOT NULL DEFAULT '{}'`,
  'ALTER TABLE api_keys ADD COLUMN limits jsonb',
  'ALTER TABLE api_keys ADD COLUMN last_used_at timestamptz',
];

const DOWN = [
  'ALTER TABLE api_keys ADD COLUMN hash bytea UNIQUE',
  `UPDATE api_keys SET hash = s.hash
     FROM api_key_secrets s WHERE s.api_key_id = api_keys.id AND s.expires_at IS NULL`,
  'ALTER TABLE api_keys ALTER COLUMN hash SET NOT NULL',
  'ALTER TABLE api_keys DROP COLUMN last_used_at, DROP COLUMN limits, DROP COLUMN allowed_networks',
  'DROP TABLE api_key_secrets',
];

/** Keys whose secret can be rotated; their networks, limits and last use. Replaced secrets stay known as hashes. */
export class ApiKeys1764205000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
