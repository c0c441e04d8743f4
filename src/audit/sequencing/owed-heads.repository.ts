import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { LogHead } from '../log/log-entry.js';

/** A head of an organization's tree that the instance's log does not have yet. */
export interface OwedHead extends LogHead {
  readonly tree: number;
}

/** Whose checkpoint is not there was tampered with, and stays owed until it is put back. */
const KNOWN = `
  FROM audit_owed_heads h
  JOIN audit_checkpoints c ON c.tree = h.tree AND c.size = h.size AND c.instance_leaf IS NULL
  JOIN audit_trees t ON t.id = h.tree AND t.organization_id IS NOT NULL`;

const TAKE = `
  WITH known AS (
    SELECT h.number, h.tree, h.size::float8 AS size, c.root, t.organization_id ${KNOWN} ORDER BY h.number LIMIT $1),
  taken AS (DELETE FROM audit_owed_heads h USING known WHERE h.number = known.number)
  SELECT tree, organization_id AS "organizationId", size, root FROM known ORDER BY number`;

const OWE = `
  INSERT INTO audit_owed_heads (tree, size)
  SELECT tree, size FROM unnest($1::int[], $2::bigint[]) WITH ORDINALITY AS given (tree, size, ord) ORDER BY ord`;

const ENTER = `
  UPDATE audit_checkpoints c SET instance_leaf = given.leaf
    FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS given (tree, size, leaf)
   WHERE c.tree = given.tree AND c.size = given.size`;

/** Heads that came while the instance's log was set apart, in the order in which they came. */
@Injectable()
export class OwedHeadsRepository {
  /** Whether the instance's log may go on with some. */
  async hasAny(db: Tx): Promise<boolean> {
    const sql = `
      SELECT EXISTS (SELECT ${KNOWN})
         AND NOT EXISTS (SELECT FROM audit_trees WHERE organization_id IS NULL AND quarantined_at IS NOT NULL) AS any`;
    return (await db.query(sql))[0].any;
  }

  /** Takes the first ones, which are to be entered in the same transaction. */
  async take(limit: number, tx: Tx): Promise<OwedHead[]> {
    return tx.query(TAKE, [limit]);
  }

  async owe(heads: readonly { readonly tree: number; readonly size: number }[], tx: Tx): Promise<void> {
    await tx.query(OWE, [heads.map(({ tree }) => tree), heads.map(({ size }) => size)]);
  }

  /** Notes which leaves of the instance's tree tell of heads. */
  async enter(
    heads: readonly { readonly tree: number; readonly size: number; readonly leaf: number }[],
    tx: Tx,
  ): Promise<void> {
    await tx.query(ENTER, [
      heads.map(({ tree }) => tree),
      heads.map(({ size }) => size),
      heads.map(({ leaf }) => leaf),
    ]);
  }
}
