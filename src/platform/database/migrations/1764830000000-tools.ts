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
  // A tool that is deleted drops out of the assistants that may use it.
  `CREATE TABLE assistant_tools (
     organization_id text NOT NULL REFERENCES organizations (id),
     assistant_id text NOT NULL REFERENCES assistants (id) ON DELETE CASCADE,
     tool_id text NOT NULL REFERENCES tools (id) ON DELETE CASCADE,
     position integer NOT NULL,
     PRIMARY KEY (assistant_id, tool_id))`,
  'CREATE INDEX assistant_tools_tool ON assistant_tools (tool_id)',
  'CREATE INDEX assistant_tools_organization ON assistant_tools (organization_id)',
  // What tools were called on the way to an answer, and the requests that told the model of it.
  'ALTER TABLE chat_receipts ADD COLUMN tool_rounds_sealed bytea',
];

const DOWN = [
  'ALTER TABLE chat_receipts DROP COLUMN tool_rounds_sealed',
  'DROP TABLE assistant_tools',
  'DROP TABLE tools',
];

/** Tools that models may call, assistants that do, and what receipts say of that. */
export class Tools1764830000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
