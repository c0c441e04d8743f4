import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATUSES = "('queued', 'running', 'completed', 'failed', 'cancelled')";

const UP = [
  `CREATE TABLE jobs (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id),
     created_by text NOT NULL REFERENCES users (id),
     credential_id text NOT NULL,
     request_id text NOT NULL,
     type text NOT NULL,
     version integer NOT NULL,
     status text NOT NULL DEFAULT 'queued' CHECK (status IN ${STATUSES}),
     items_total integer NOT NULL CHECK (items_total >= 0),
     items_completed integer NOT NULL DEFAULT 0 CHECK (items_completed >= 0),
     items_failed integer NOT NULL DEFAULT 0 CHECK (items_failed >= 0),
     tasks_open integer NOT NULL CHECK (tasks_open >= 0),
     reference jsonb NOT NULL,
     error_code text,
     created_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     resumed_at timestamptz,
     items_at_resume integer NOT NULL DEFAULT 0,
     finished_at timestamptz,
     updated_at timestamptz NOT NULL DEFAULT now(),
     CHECK (items_completed + items_failed <= items_total))`,
  'CREATE INDEX jobs_organization_id_created_at ON jobs (organization_id, created_at, id)',
  'CREATE INDEX jobs_organization_id_updated_at ON jobs (organization_id, updated_at, id)',
  `CREATE TABLE tasks (
     id text PRIMARY KEY,
     job_id text NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
     organization_id text NOT NULL REFERENCES organizations (id),
     type text NOT NULL,
     version integer NOT NULL,
     position integer NOT NULL,
     input jsonb NOT NULL,
     items integer NOT NULL CHECK (items >= 0),
     items_failed integer NOT NULL DEFAULT 0 CHECK (items_failed BETWEEN 0 AND items),
     status text NOT NULL DEFAULT 'queued' CHECK (status IN ${STATUSES}),
     attempts integer NOT NULL DEFAULT 0,
     crashes integer NOT NULL DEFAULT 0,
     max_attempts integer NOT NULL,
     run_after timestamptz NOT NULL DEFAULT now(),
     lease_token uuid,
     lease_until timestamptz,
     error_code text,
     created_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     finished_at timestamptz,
     updated_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (job_id, position),
     CHECK ((status = 'running') = (lease_token IS NOT NULL AND lease_until IS NOT NULL)))`,
  'CREATE INDEX tasks_organization_id_created_at ON tasks (organization_id, created_at, id)',
  "CREATE INDEX tasks_run_after ON tasks (run_after) WHERE status = 'queued'",
  "CREATE INDEX tasks_lease_until ON tasks (lease_until) WHERE status = 'running'",
  `CREATE TABLE job_logs (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     job_id text NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
     task_id text,
     level text NOT NULL CHECK (level IN ('info', 'warn', 'error')),
     code text NOT NULL,
     message text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX job_logs_organization_id_created_at ON job_logs (organization_id, created_at, id)',
  'CREATE INDEX job_logs_job_id ON job_logs (job_id, created_at, id)',
  `CREATE TABLE outbox (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     task_id text NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
     available_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     published_at timestamptz)`,
  'CREATE INDEX outbox_unpublished ON outbox (id) WHERE published_at IS NULL',
  'CREATE INDEX outbox_published_at ON outbox (published_at)',
  'CREATE INDEX outbox_task_id ON outbox (task_id)',
  `CREATE TABLE events (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text,
     name text NOT NULL,
     data jsonb NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     published_at timestamptz)`,
  'CREATE INDEX events_unpublished ON events (id) WHERE published_at IS NULL',
  'CREATE INDEX events_created_at ON events (created_at)',
];

const TABLES = ['events', 'outbox', 'job_logs', 'tasks', 'jobs'];

/** Background work: jobs, their tasks and logs, the intents that call workers, and events for consumers. */
export class Jobs1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
