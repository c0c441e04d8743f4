import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

export interface TokenScopeRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly keySealed: Buffer;
}

@Injectable()
export class TokenScopesRepository {
  async findOfProject(organizationId: string, projectId: string, db: Tx): Promise<string | undefined> {
    const sql = 'SELECT id FROM token_scopes WHERE organization_id = $1 AND project_id = $2';
    return (await db.query(sql, [organizationId, projectId]))[0]?.id;
  }

  async findKey(organizationId: string, id: string, db: Tx): Promise<Buffer | undefined> {
    const sql = 'SELECT key_sealed AS "keySealed" FROM token_scopes WHERE organization_id = $1 AND id = $2';
    return (await db.query(sql, [organizationId, id]))[0]?.keySealed;
  }

  /** Adds a scope, unless its project has one already. */
  async insert({ id, organizationId, projectId, keySealed }: TokenScopeRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO token_scopes (id, organization_id, project_id, key_sealed) VALUES ($1, $2, $3, $4)
       ON CONFLICT (project_id) DO NOTHING`,
      [id, organizationId, projectId, keySealed],
    );
  }

  /** Deletes scopes with all their tokens, and with them the keys that sealed the values. */
  async delete(organizationId: string, ids: readonly string[], tx: Tx): Promise<void> {
    const sql = 'DELETE FROM token_scopes WHERE organization_id = $1 AND id = ANY($2::text[])';
    await tx.query(sql, [organizationId, ids]);
  }

  /**
   * Keeps a scope from changing until the transaction ends: many may add tokens at a time (`KEY SHARE`), but nobody
   * while tokens are being erased (`UPDATE`).
   */
  async lock(organizationId: string, id: string, strength: 'KEY SHARE' | 'UPDATE', tx: Tx): Promise<void> {
    const sql = `SELECT FROM token_scopes WHERE organization_id = $1 AND id = $2 FOR ${strength}`;
    await tx.query(sql, [organizationId, id]);
  }
}
