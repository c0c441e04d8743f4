import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parts of organizations' logs whose entries are taken out of the database, whole tiles from the beginning on. `announced_size` is
 * how many leaves the tree had when the entry that tells of it was written; leaves and nodes stay.
 */
export class AuditSegments1764942000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE audit_segments (
         id text PRIMARY KEY,
         organization_id text NOT NULL REFERENCES organizations (id),
         tree integer NOT NULL,
         first_leaf bigint NOT NULL CHECK (first_leaf % 256 = 0),
         leaves integer NOT NULL CHECK (leaves > 0 AND leaves % 256 = 0),
         announced_size bigint NOT NULL,
         oldest_at timestamptz NOT NULL,
         newest_at timestamptz NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         taken_at timestamptz,
         UNIQUE (organization_id, tree, first_leaf))`,
    );
    await runner.query('CREATE INDEX audit_segments_tree_first_leaf ON audit_segments (tree, first_leaf)');
    await runner.query(
      'CREATE INDEX audit_segments_waiting ON audit_segments (created_at) WHERE taken_at IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_segments');
  }
}
