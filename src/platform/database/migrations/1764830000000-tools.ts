import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Name, description, functions and what requests hold besides are sealed together.
  `CREATE TABLE tools (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     kind text NOT NULL,
     receives text NOT NULL,
     content_sealed bytea NOT NULL,
     function_count integer NOT NULL,
     version integer NOT NULL DEFAULT 1,
     created_by text NOT NULL,
     author_id text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX tools_organization_id_created_at ON tools (organization_id, created_at, id)',
  // What tools were called on the way to an answer, and the requests that told the model of it.
  'ALTER TABLE chat_receipts ADD COLUMN tool_rounds_sealed bytea',
];

const DOWN = ['ALTER TABLE chat_receipts DROP COLUMN tool_rounds_sealed', 'DROP TABLE tools'];

/** Tools that models may call, and what receipts say of that. */
export class Tools1764830000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
