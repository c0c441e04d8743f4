import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // For which organizations consumers of all events listen, so that elsewhere an event costs no more than before.
  `CREATE TABLE event_listeners (
     organization_id text NOT NULL REFERENCES organizations (id),
     consumer text NOT NULL,
     PRIMARY KEY (organization_id, consumer))`,
  // URL and description are sealed together: a URL may hold a credential.
  `CREATE TABLE webhooks (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     content_sealed bytea NOT NULL,
     events text[] NOT NULL,
     project_id text,
     names boolean NOT NULL,
     ordered boolean NOT NULL,
     enabled boolean NOT NULL,
     disabled_reason text CHECK (disabled_reason IN ('by_request', 'gone', 'failing')),
     disabled_at timestamptz,
     failing_since timestamptz,
     exhausted integer NOT NULL DEFAULT 0,
     throttles integer NOT NULL DEFAULT 0,
     resume_at timestamptz,
     version integer NOT NULL DEFAULT 1,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     CHECK (enabled = (disabled_reason IS NULL)))`,
  'CREATE INDEX webhooks_organization_id_created_at ON webhooks (organization_id, created_at, id)',
  // The newest signs until it is followed; those before it until they expire.
  `CREATE TABLE webhook_secrets (
     organization_id text NOT NULL REFERENCES organizations (id),
     webhook_id text NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
     version integer NOT NULL,
     secret_sealed bytea NOT NULL,
     expires_at timestamptz,
     PRIMARY KEY (webhook_id, version))`,
  'CREATE INDEX webhook_secrets_organization_id ON webhook_secrets (organization_id)',
  // What is delivered is the event's to say: no content lies here.
  `CREATE TABLE webhook_deliveries (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     webhook_id text NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
     event_id text NOT NULL REFERENCES events (id) ON DELETE CASCADE,
     event text NOT NULL,
     subject text NOT NULL,
     status text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed', 'skipped')),
     held boolean NOT NULL DEFAULT false,
     attempts integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0,
     next_attempt_at timestamptz NOT NULL,
     lease_until timestamptz,
     attempted_at timestamptz,
     response_status integer,
     fault text,
     attempt_log jsonb NOT NULL DEFAULT '[]',
     created_at timestamptz NOT NULL,
     UNIQUE (webhook_id, event_id))`,
  'CREATE INDEX webhook_deliveries_list ON webhook_deliveries (webhook_id, created_at, id)',
  'CREATE INDEX webhook_deliveries_attempted ON webhook_deliveries (webhook_id, attempted_at)',
  'CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event_id)',
  'CREATE INDEX webhook_deliveries_organization_id ON webhook_deliveries (organization_id)',
  'CREATE INDEX webhook_deliveries_created_at ON webhook_deliveries (created_at)',
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_attempt_at)
     WHERE status = 'pending' AND NOT held`,
  `CREATE INDEX webhook_deliveries_leased ON webhook_deliveries (webhook_id, lease_until)
     WHERE status = 'pending' AND lease_until IS NOT NULL`,
  `CREATE INDEX webhook_deliveries_subject ON webhook_deliveries (webhook_id, subject, event_id)
     WHERE status = 'pending'`,
];

const TABLES = ['webhook_deliveries', 'webhook_secrets', 'webhooks', 'event_listeners'];

/** Endpoints of webhooks, the secrets that sign for them, and what is to be delivered. */
export class Webhooks1764910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
