import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an imported chat is known by when its file comes again: a keyed digest, which says nothing of what is in it. */
export class ChatImports1764840000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chats ADD COLUMN import_digest bytea');
    await runner.query(
      `CREATE UNIQUE INDEX chats_import_digest ON chats (organization_id, user_id, import_digest)
        WHERE import_digest IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chats DROP COLUMN import_digest');
  }
}
