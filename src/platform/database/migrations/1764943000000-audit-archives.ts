import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Segments say what becomes of their entries: archived as an object beside the database, or deleted. What was announced before, and
 * whoever had retention before, was told that entries are deleted, and it stays so until they say otherwise.
 */
export class AuditArchives1764943000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE audit_segments
         ADD action text NOT NULL DEFAULT 'delete' CHECK (action IN ('archive', 'delete')),
         ADD object_key text UNIQUE,
         ADD size_bytes bigint CHECK (size_bytes > 0),
         ADD CONSTRAINT audit_segments_archive CHECK ((object_key IS NOT NULL) = (action = 'archive' AND taken_at IS NOT NULL)),
         ADD CONSTRAINT audit_segments_size CHECK ((size_bytes IS NOT NULL) = (object_key IS NOT NULL))`,
    );
    await runner.query('ALTER TABLE audit_segments ALTER action DROP DEFAULT');
    await runner.query(
      `UPDATE organizations SET settings = settings || '{"audit_retention_action": "delete"}'
        WHERE settings->>'audit_retention_days' IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE organizations SET settings = settings - 'audit_retention_action' WHERE settings ? 'audit_retention_action'`,
    );
    await runner.query(
      'ALTER TABLE audit_segments DROP COLUMN action, DROP COLUMN object_key, DROP COLUMN size_bytes',
    );
  }
}
