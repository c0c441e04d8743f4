import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE users
     ADD COLUMN profile_sealed bytea,
     ADD COLUMN username_lookup bytea UNIQUE,
     ADD COLUMN email_verified_at timestamptz,
     ADD COLUMN password_changed_at timestamptz,
     ADD COLUMN last_login_at timestamptz,
     ADD COLUMN version integer NOT NULL DEFAULT 1,
     ADD COLUMN deleted_at timestamptz,
     ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now()`,
  // What e-mails and user names are looked up by: one key of the instance's, sealed under it.
  `CREATE TABLE user_lookups (
     id text PRIMARY KEY,
     key_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE login_tokens (
     id text PRIMARY KEY,
     user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     hash bytea NOT NULL UNIQUE,
     client_sealed bytea,
     created_at timestamptz NOT NULL DEFAULT now(),
     last_used_at timestamptz,
     revoked_at timestamptz)`,
  'CREATE INDEX login_tokens_user_id ON login_tokens (user_id, id)',
  `CREATE TABLE login_attempts (
     subject bytea PRIMARY KEY,
     failures integer NOT NULL,
     failed_at timestamptz NOT NULL,
     blocked_until timestamptz NOT NULL)`,
  'CREATE INDEX login_attempts_failed_at ON login_attempts (failed_at)',
  `CREATE TABLE password_resets (
     id text PRIMARY KEY,
     user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
     hash bytea NOT NULL UNIQUE,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     used_at timestamptz)`,
  'CREATE INDEX password_resets_user_id ON password_resets (user_id)',
  `ALTER TABLE organizations
     ADD COLUMN description_sealed bytea,
     ADD COLUMN member_count integer NOT NULL DEFAULT 0,
     ADD COLUMN project_count integer NOT NULL DEFAULT 0,
     ADD COLUMN version integer NOT NULL DEFAULT 1,
     ADD COLUMN settings jsonb NOT NULL DEFAULT '{}',
     ADD COLUMN sandbox_of text REFERENCES organizations (id),
     ADD COLUMN sandbox_id text REFERENCES organizations (id),
     ADD COLUMN deleted_at timestamptz,
     ADD COLUMN erased_at timestamptz`,
  'CREATE INDEX organizations_deleted_at ON organizations (deleted_at) WHERE deleted_at IS NOT NULL',
  'CREATE INDEX organizations_sandbox_created_at ON organizations (created_at) WHERE sandbox_of IS NOT NULL',
  'CREATE INDEX organizations_sandbox_of ON organizations (sandbox_of)',
  `UPDATE organizations o SET
     member_count = (SELECT count(*) FROM memberships m WHERE m.organization_id = o.id),
     project_count = (SELECT count(*) FROM projects p WHERE p.organization_id = o.id)`,
  'CREATE INDEX memberships_user_id ON memberships (user_id)',
  `CREATE TABLE invitations (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     email_sealed bytea NOT NULL,
     email_lookup bytea NOT NULL,
     role text NOT NULL,
     hash bytea NOT NULL UNIQUE,
     invited_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     accepted_at timestamptz,
     revoked_at timestamptz)`,
  'CREATE INDEX invitations_organization_id ON invitations (organization_id, created_at, id)',
  `CREATE TABLE project_shares (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
     user_id text NOT NULL REFERENCES users (id),
     role text NOT NULL,
     created_by text NOT NULL REFERENCES users (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (project_id, user_id))`,
  'CREATE INDEX project_shares_user_id ON project_shares (user_id, project_id)',
  `CREATE TABLE break_glass (
     id text PRIMARY KEY,
     user_id text NOT NULL REFERENCES users (id),
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id) ON DELETE CASCADE,
     reason_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     expires_at timestamptz NOT NULL,
     ended_at timestamptz)`,
  'CREATE INDEX break_glass_user_id ON break_glass (user_id, organization_id)',
  `CREATE TABLE configs (
     name text PRIMARY KEY,
     value jsonb,
     value_sealed bytea,
     updated_by text,
     updated_at timestamptz NOT NULL DEFAULT now())`,
  'ALTER TABLE api_keys ADD COLUMN sandbox boolean NOT NULL DEFAULT false',
  // Who acted, whatever credential it was by, and whom it concerns beside them.
  'ALTER TABLE audit_logs ADD COLUMN user_id text, ADD COLUMN subject_user_id text',
  `UPDATE audit_logs a SET user_id = k.user_id FROM api_keys k WHERE a.actor_type = 'api_key' AND k.id = a.actor_id`,
  `UPDATE audit_logs SET user_id = actor_id WHERE actor_type = 'user'`,
  // Few kinds of rows and very many of each: what is counted by any of these is counted in an index of 23 bytes a row.
  `CREATE INDEX audit_logs_kinds ON audit_logs
     (organization_id, user_id, action, target_type, actor_type, actor_id, project_id, subject_user_id)`,
  'CREATE INDEX audit_logs_created_at ON audit_logs (created_at, number)',
  'CREATE INDEX audit_logs_target_id ON audit_logs (target_id) WHERE target_id IS NOT NULL',
  'CREATE INDEX audit_logs_request_id ON audit_logs (request_id)',
  `UPDATE audit_logs SET action = 'redaction.downloaded' WHERE action = 'redactions.downloaded'`,
];

const DOWN = [
  `UPDATE audit_logs SET action = 'redactions.downloaded' WHERE action = 'redaction.downloaded'`,
  ...['created_at', 'target_id', 'request_id'].map((column) => `DROP INDEX audit_logs_${column}`),
  'ALTER TABLE audit_logs DROP COLUMN user_id, DROP COLUMN subject_user_id',
  'ALTER TABLE api_keys DROP COLUMN sandbox',
  ...['configs', 'break_glass', 'project_shares', 'invitations'].map((table) => `DROP TABLE ${table}`),
  'DROP INDEX memberships_user_id',
  `ALTER TABLE organizations
     DROP COLUMN description_sealed, DROP COLUMN member_count, DROP COLUMN project_count, DROP COLUMN version,
     DROP COLUMN settings, DROP COLUMN sandbox_of, DROP COLUMN sandbox_id, DROP COLUMN deleted_at,
     DROP COLUMN erased_at`,
  ...['password_resets', 'login_attempts', 'login_tokens', 'user_lookups'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  `ALTER TABLE users
     DROP COLUMN profile_sealed, DROP COLUMN username_lookup, DROP COLUMN email_verified_at,
     DROP COLUMN password_changed_at, DROP COLUMN last_login_at, DROP COLUMN version,
     DROP COLUMN deleted_at, DROP COLUMN updated_at`,
];

/**
 * People who log in, the organizations they belong to, what is shared with them, the sandbox, the instance's settings, and
 * who opened what they do not own.
 */
export class People1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
