import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Model servers belong to the instance, as its administrators do.
  `CREATE TABLE upstreams (
     id text PRIMARY KEY,
     name text NOT NULL UNIQUE,
     base_url text NOT NULL,
     key_sealed bytea,
     private boolean NOT NULL,
     enabled boolean NOT NULL,
     priority integer NOT NULL,
     models text[],
     first_byte_seconds integer NOT NULL,
     idle_seconds integer NOT NULL,
     total_seconds integer NOT NULL,
     max_retries integer NOT NULL,
     version integer NOT NULL DEFAULT 1,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now())`,
  // What the shield does in a project, or in an organization where its projects say nothing else. One that was taken back
  // keeps its row without a policy, so that its versions go on counting.
  `CREATE TABLE shield_policies (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id) ON DELETE CASCADE,
     version integer NOT NULL DEFAULT 0,
     policy jsonb,
     updated_by text NOT NULL,
     updated_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE NULLS NOT DISTINCT (organization_id, project_id))`,
  // Every policy there ever was, since receipts name them; without one where it was taken back.
  `CREATE TABLE shield_policy_versions (
     organization_id text NOT NULL REFERENCES organizations (id),
     policy_id text NOT NULL,
     version integer NOT NULL,
     policy jsonb,
     changed_by text NOT NULL,
     changed_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (policy_id, version))`,
  // By which the ends of an organization's requests tell people apart without knowing them.
  `CREATE TABLE shield_keys (
     organization_id text PRIMARY KEY REFERENCES organizations (id),
     key_sealed bytea NOT NULL)`,
  // What a client calls a conversation lies here as a keyed digest; its tokens are those of its scope.
  `CREATE TABLE conversations (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id) ON DELETE CASCADE,
     user_id text NOT NULL,
     reference bytea NOT NULL,
     scope_id text NOT NULL REFERENCES token_scopes (id),
     created_at timestamptz NOT NULL DEFAULT now(),
     used_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (organization_id, user_id, reference))`,
  'CREATE INDEX conversations_used_at ON conversations (used_at)',
  'CREATE INDEX conversations_scope_id ON conversations (scope_id)',
  // What left the building for one completion, and what came of it. Written before it leaves, and completed afterwards.
  `CREATE TABLE chat_receipts (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text,
     user_id text NOT NULL,
     actor_type text NOT NULL,
     actor_id text NOT NULL,
     request_id text NOT NULL,
     conversation_id text,
     status text NOT NULL,
     model_requested text NOT NULL,
     model text NOT NULL,
     upstream_id text,
     upstream_name text,
     private boolean NOT NULL,
     shielded boolean NOT NULL,
     streamed boolean NOT NULL,
     policy_id text,
     policy_version integer,
     counts jsonb NOT NULL DEFAULT '{}',
     actions jsonb NOT NULL DEFAULT '{}',
     request_sha256 bytea,
     request_bytes bigint,
     answer_sha256 bytea,
     answer_bytes bigint,
     restored integer,
     unresolved integer,
     usage jsonb,
     finish_reasons jsonb,
     attempts integer,
     error_code text,
     sealed bytea,
     outcome_sealed bytea,
     created_at timestamptz NOT NULL DEFAULT now(),
     first_byte_ms integer,
     duration_ms integer,
     ended_at timestamptz)`,
  'CREATE INDEX chat_receipts_organization_id ON chat_receipts (organization_id, created_at, id)',
  'CREATE INDEX chat_receipts_user_id ON chat_receipts (organization_id, user_id, created_at, id)',
  "CREATE INDEX chat_receipts_sent ON chat_receipts (created_at) WHERE status = 'sent'",
];

const DOWN = [
  ...[
    'chat_receipts',
    'conversations',
    'shield_keys',
    'shield_policy_versions',
    'shield_policies',
    'upstreams',
  ],
].map((table) => `DROP TABLE ${table}`);

/** Completions: model servers, what the shield does, whom it hides, and the receipts of it. */
export class Completions1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
