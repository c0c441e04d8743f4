import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // The conversation of a chat that is stored lasts as long as the chat, however long nobody uses it.
  'ALTER TABLE conversations ADD COLUMN kept boolean NOT NULL DEFAULT false',
  // Title and model are sealed together. A chat goes with its conversation, whose tokens stand in all its texts.
  `CREATE TABLE chats (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     project_id text REFERENCES projects (id) ON DELETE CASCADE,
     user_id text NOT NULL,
     conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
     scope_id text NOT NULL,
     head_sealed bytea NOT NULL,
     head_version integer NOT NULL DEFAULT 1,
     titled boolean NOT NULL,
     message_count integer NOT NULL DEFAULT 0,
     share_count integer NOT NULL DEFAULT 0,
     current_message_id text,
     version integer NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     archived_at timestamptz)`,
  'CREATE INDEX chats_created_at ON chats (organization_id, user_id, created_at, id)',
  'CREATE INDEX chats_updated_at ON chats (organization_id, user_id, updated_at, id)',
  'CREATE INDEX chats_project_id ON chats (project_id)',
  'CREATE INDEX chats_conversation_id ON chats (conversation_id)',
  // A tree: messages with the same parent are alternatives. Their positions are the order in which they came.
  `CREATE TABLE chat_messages (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     chat_id text NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
     parent_id text,
     position integer NOT NULL,
     role text NOT NULL,
     complete boolean NOT NULL,
     receipt_id text,
     body_sealed bytea NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (chat_id, position))`,
  `CREATE TABLE chat_shares (
     id text PRIMARY KEY,
     organization_id text NOT NULL REFERENCES organizations (id),
     chat_id text NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
     user_id text NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     UNIQUE (chat_id, user_id))`,
  'CREATE INDEX chat_shares_user_id ON chat_shares (organization_id, user_id)',
];

const DOWN = [
  ...['chat_shares', 'chat_messages', 'chats'].map((table) => `DROP TABLE ${table}`),
  'ALTER TABLE conversations DROP COLUMN kept',
];

/** Chats that are kept: their messages, and with whom they are shared. */
export class Chats1764810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
