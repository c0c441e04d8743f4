import type { MigrationInterface, QueryRunner } from 'typeorm';

const SUBJECTS = 'subject_user_id, subject_project_id, subject_environment_id, subject_variable_id, type';
const AS_BEFORE =
  'num_nonnulls(subject_user_id, subject_project_id, type) = 1 AND (type IS NULL) = (print IS NULL)';

/**
 * What becomes of documents in whose files an erased value stands, and how far the search of them is; and environments and versions
 * of variables that were destroyed. Ids, counts and codes alone.
 */
export class ErasedDocuments1764951000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE erasures
         ADD COLUMN documents text NOT NULL DEFAULT 'keep' CHECK (documents IN ('keep', 'delete')),
         ADD COLUMN document_report jsonb,
         ADD COLUMN subject_environment_id text,
         ADD COLUMN subject_variable_id text,
         ADD COLUMN subject_version integer,
         ADD COLUMN destroyed_by text,
         DROP CONSTRAINT erasures_check,
         ADD CONSTRAINT erasures_check CHECK (
           num_nonnulls(${SUBJECTS}) = 1 AND (type IS NULL) = (print IS NULL)
           AND num_nonnulls(subject_variable_id, subject_version, destroyed_by) IN (0, 3))`,
    );
    await runner.query("CREATE INDEX erasures_running ON erasures (created_at) WHERE status = 'running'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX erasures_running');
    await runner.query(
      'DELETE FROM erasures WHERE subject_environment_id IS NOT NULL OR subject_variable_id IS NOT NULL',
    );
    await runner.query(
      `ALTER TABLE erasures DROP CONSTRAINT erasures_check,
         DROP COLUMN subject_environment_id, DROP COLUMN subject_variable_id, DROP COLUMN subject_version,
         DROP COLUMN destroyed_by, DROP COLUMN document_report, DROP COLUMN documents,
         ADD CONSTRAINT erasures_check CHECK (${AS_BEFORE})`,
    );
  }
}
