import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';

/** An organization whose rows are to go. */
export interface ErasedTenant {
  readonly id: string;
  readonly isSandbox: boolean;
  /** Whether nothing is under way for it any more. */
  readonly isQuiet: boolean;
}

/** What was under way when an organization ended writes its last rows within this time; then they are looked for again. */
const STRAGGLERS = "interval '1 hour'";

const PENDING = `
  SELECT id, sandbox_of IS NOT NULL AS "isSandbox", now() > deleted_at + ${STRAGGLERS} AS "isQuiet"
    FROM organizations
   WHERE deleted_at IS NOT NULL
     AND (erased_at IS NULL OR (erased_at < deleted_at + ${STRAGGLERS} AND now() > deleted_at + ${STRAGGLERS}))
   ORDER BY deleted_at, id LIMIT $1`;

/** PostgreSQL's code for a row that others refer to. */
const FOREIGN_KEY_VIOLATION = '23503';

/** Rows of organizations that have ended. Names of tables and columns come from the catalogue and from code. */
@Injectable()
export class TenantRowsRepository {
  listPending(limit: number, db: Tx): Promise<ErasedTenant[]> {
    return db.query(PENDING, [limit]);
  }

  /** Deletes some rows, passing over those that somebody holds; returns what they have in a column. */
  async deleteSome(
    table: string,
    organizationId: string,
    { column = 'organization_id', limit }: { readonly column?: string | undefined; readonly limit: number },
    tx: Tx,
  ): Promise<string[]> {
    const [rows]: [{ name: string }[]] = await tx.query(
      `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM ${table} WHERE organization_id = $1 LIMIT $2 FOR UPDATE SKIP LOCKED))
       RETURNING ${column} AS name`,
      [organizationId, limit],
    );
    return rows.map(({ name }) => name);
  }

  async hasRows(table: string, organizationId: string, db: Tx): Promise<boolean> {
    const sql = `SELECT EXISTS (SELECT FROM ${table} WHERE organization_id = $1) AS has`;
    return (await db.query(sql, [organizationId]))[0].has;
  }

  /** Notes that an organization's rows are gone. Its own stays: audit rows refer to it, or what is under way might. */
  async markErased(organizationId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE organizations SET erased_at = now() WHERE id = $1', [organizationId]);
  }

  /** Deletes a sandbox's own row: from here on nothing can be written for it. */
  async deleteTenant(organizationId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM organizations WHERE id = $1 AND deleted_at IS NOT NULL', [organizationId]);
  }
}

/** Whether a deletion failed because somebody has referred to the row meanwhile. */
export const isReferredTo = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === FOREIGN_KEY_VIOLATION;
