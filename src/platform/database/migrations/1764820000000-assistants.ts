import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What prompts and assistants have in common: whose they are, who sees them, and what is in them, sealed. */
const COLUMNS = `
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     user_id text NOT NULL,
     visibility text NOT NULL CHECK (visibility IN ('private', 'team')),
     name_lookup bytea NOT NULL,
     texts_sealed bytea NOT NULL,
     version integer NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL`;

const indexesOf = (table: string): string[] =>
  ['created_at', 'updated_at'].map(
    (column) => `CREATE INDEX ${table}_${column} ON ${table} (organization_id, ${column}, id)`,
  );

const UP = [
  `CREATE TABLE prompts (${COLUMNS})`,
  ...indexesOf('prompts'),
  // A command is one's own once, and the team's once: which of them others have is nobody's to learn.
  `CREATE UNIQUE INDEX prompts_own_command ON prompts (organization_id, user_id, name_lookup) WHERE visibility = 'private'`,
  `CREATE UNIQUE INDEX prompts_team_command ON prompts (organization_id, name_lookup) WHERE visibility = 'team'`,
  `CREATE TABLE assistants (${COLUMNS})`,
  ...indexesOf('assistants'),
  'CREATE INDEX assistants_name ON assistants (organization_id, name_lookup)',
  // A knowledge base that is deleted drops out of the assistants that draw from it.
  `CREATE TABLE assistant_knowledge (
     organization_id text NOT NULL REFERENCES organizations (id),
     assistant_id text NOT NULL REFERENCES assistants (id) ON DELETE CASCADE,
     knowledge_base_id text NOT NULL REFERENCES knowledge_bases (id) ON DELETE CASCADE,
     position integer NOT NULL,
     PRIMARY KEY (assistant_id, knowledge_base_id))`,
  'CREATE INDEX assistant_knowledge_base ON assistant_knowledge (knowledge_base_id)',
  'CREATE INDEX assistant_knowledge_organization ON assistant_knowledge (organization_id)',
];

const DOWN = ['assistant_knowledge', 'assistants', 'prompts'].map((table) => `DROP TABLE ${table}`);

/** Prompts, and assistants with what they draw from. */
export class Assistants1764820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
