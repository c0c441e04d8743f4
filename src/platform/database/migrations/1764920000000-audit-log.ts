import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE audit_pending (
     organization_id text NOT NULL,
     number bigint NOT NULL)
   WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  `CREATE TABLE audit_trees (
     id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     organization_id text UNIQUE REFERENCES organizations (id),
     size bigint NOT NULL DEFAULT 0,
     edge bytea NOT NULL DEFAULT '')`,
  'CREATE UNIQUE INDEX audit_trees_instance ON audit_trees ((organization_id IS NULL)) WHERE organization_id IS NULL',
  'INSERT INTO audit_trees (organization_id) VALUES (NULL)',
  `CREATE TABLE audit_leaves (
     tree integer NOT NULL,
     leaf bigint NOT NULL,
     number bigint UNIQUE,
     hash bytea NOT NULL,
     sealed_digest bytea,
     PRIMARY KEY (tree, leaf))`,
  `CREATE TABLE audit_nodes (
     tree integer NOT NULL,
     level smallint NOT NULL,
     position bigint NOT NULL,
     hash bytea NOT NULL,
     PRIMARY KEY (tree, level, position))`,
  `CREATE TABLE audit_checkpoints (
     tree integer NOT NULL,
     size bigint NOT NULL,
     root bytea NOT NULL,
     instance_leaf bigint UNIQUE,
     created_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tree, size))`,
  'INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM audit_logs ORDER BY number',
];

const TABLES = ['audit_checkpoints', 'audit_nodes', 'audit_leaves', 'audit_trees', 'audit_pending'];

/**
 * The audit log as Merkle trees: one an organization, and one of the instance, without an organization, whose leaves are the
 * heads of the others. A row waits in `audit_pending`, which has no index so that writing it costs next to nothing, for its leaf.
 * `edge` holds the complete subtrees along the right edge, 32 bytes each; `audit_nodes` every complete subtree of each eighth
 * level. Leaves refer to no table: a reference would be looked up for each of many. The rows that are there wait as well.
 */
export class AuditLog1764920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
