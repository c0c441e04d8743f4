import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE privacy_ledgers (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text NOT NULL UNIQUE REFERENCES projects (id) ON DELETE CASCADE,
     key_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX privacy_ledgers_organization ON privacy_ledgers (organization_id)',
  `CREATE TABLE privacy_budgets (
     organization_id text NOT NULL REFERENCES organizations (id),
     ledger_id text NOT NULL REFERENCES privacy_ledgers (id) ON DELETE CASCADE,
     dataset bytea NOT NULL,
     budget bigint NOT NULL CHECK (budget > 0),
     spent bigint NOT NULL DEFAULT 0 CHECK (spent BETWEEN 0 AND budget),
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (ledger_id, dataset))`,
  'CREATE INDEX privacy_budgets_organization ON privacy_budgets (organization_id)',
  `CREATE TABLE privacy_releases (
     organization_id text NOT NULL REFERENCES organizations (id),
     ledger_id text NOT NULL REFERENCES privacy_ledgers (id) ON DELETE CASCADE,
     request bytea NOT NULL,
     epsilon bigint NOT NULL CHECK (epsilon > 0),
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (ledger_id, request))`,
  'CREATE INDEX privacy_releases_organization ON privacy_releases (organization_id)',
];

const TABLES = ['privacy_releases', 'privacy_budgets', 'privacy_ledgers'];

/**
 * What differentially private releases have spent. A ledger is a project's, with the key that its digests and its noise are
 * made with; a budget is that of a data set, known by a keyed digest alone; a release is a request that was charged, so that
 * its repetition is not. Epsilon is counted in millionths.
 */
export class PrivacyBudgets1764860000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
