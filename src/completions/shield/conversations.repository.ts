import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Whose chat is meant. */
export interface ChatOwner {
  readonly organizationId: string;
  readonly userId: string;
  readonly projectId: string | undefined;
}

export interface StoredConversation {
  readonly id: string;
  readonly scopeId: string;
}

/** What goes, by organization. */
export interface Unused extends StoredConversation {
  readonly organizationId: string;
}

const COLUMNS = 'id, scope_id AS "scopeId"';

@Injectable()
export class ConversationsRepository {
  /** @returns with `isStale` when it has not been noted for an hour that it is in use */
  async find(
    { organizationId, userId }: ChatOwner,
    reference: Buffer,
    db: Tx,
  ): Promise<(StoredConversation & { readonly isStale: boolean }) | undefined> {
    const sql = `SELECT ${COLUMNS}, used_at < now() - interval '1 hour' AS "isStale" FROM conversations
                  WHERE organization_id = $1 AND user_id = $2 AND reference = $3`;
    return (await db.query(sql, [organizationId, userId, reference]))[0];
  }

  /** Notes that it is in use; false when it is gone. */
  async touch(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    const sql = 'UPDATE conversations SET used_at = now() WHERE organization_id = $1 AND id = $2';
    const [, touched] = await tx.query(sql, [organizationId, id]);
    return touched > 0;
  }

  /** Adds a conversation; false when the same chat has one already. */
  async insert(
    { organizationId, userId, projectId }: ChatOwner,
    reference: Buffer,
    { id, scopeId }: StoredConversation,
    tx: Tx,
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO conversations (id, organization_id, project_id, user_id, reference, scope_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization_id, user_id, reference) DO NOTHING RETURNING id`,
      [id, organizationId, projectId ?? null, userId, reference, scopeId],
    );
    return rows.length > 0;
  }

  /** Deletes some of those that nobody has used for that many days; returns what they were. */
  async deleteUnused(days: number, limit: number, tx: Tx): Promise<Unused[]> {
    const [rows] = await tx.query(
      `DELETE FROM conversations WHERE id IN (
         SELECT id FROM conversations WHERE NOT kept AND used_at < now() - make_interval(days => $1)
          ORDER BY used_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}, organization_id AS "organizationId"`,
      [days, limit],
    );
    return rows;
  }

  /** Keeps a conversation until it is deleted, however long nobody uses it; false when it is gone. */
  async keep(organizationId: string, id: string, tx: Tx): Promise<boolean> {
    const sql = 'UPDATE conversations SET kept = true WHERE organization_id = $1 AND id = $2';
    const [, kept] = await tx.query(sql, [organizationId, id]);
    return kept > 0;
  }

  async delete(organizationId: string, ids: readonly string[], tx: Tx): Promise<StoredConversation[]> {
    const sql = `DELETE FROM conversations WHERE organization_id = $1 AND id = ANY($2::text[]) RETURNING ${COLUMNS}`;
    const [rows] = await tx.query(sql, [organizationId, ids]);
    return rows;
  }

  async deleteOfProject(organizationId: string, projectId: string, tx: Tx): Promise<StoredConversation[]> {
    const sql = `DELETE FROM conversations WHERE organization_id = $1 AND project_id = $2 RETURNING ${COLUMNS}`;
    const [rows] = await tx.query(sql, [organizationId, projectId]);
    return rows;
  }
}
