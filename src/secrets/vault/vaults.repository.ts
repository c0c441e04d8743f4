import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** What an organization's values are compared by, and how often any of them has changed. */
export interface VaultRow {
  readonly keySealed: Buffer;
  readonly revision: number;
}

@Injectable()
export class VaultsRepository {
  async find(organizationId: string, db: Tx): Promise<VaultRow | undefined> {
    const [row] = await db.query(
      `SELECT key_sealed AS "keySealed", revision::float8 AS revision FROM vaults WHERE organization_id = $1`,
      [organizationId],
    );
    return row;
  }

  /** Makes the vault unless another transaction has done so meanwhile. */
  async insert(organizationId: string, keySealed: Buffer, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO vaults (organization_id, key_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [organizationId, keySealed],
    );
  }

  async advance(organizationId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE vaults SET revision = revision + 1 WHERE organization_id = $1', [organizationId]);
  }
}
