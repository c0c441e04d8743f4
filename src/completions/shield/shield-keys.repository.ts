import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

@Injectable()
export class ShieldKeysRepository {
  async find(organizationId: string, db: Tx): Promise<Buffer | undefined> {
    const sql = 'SELECT key_sealed AS "keySealed" FROM shield_keys WHERE organization_id = $1';
    return (await db.query(sql, [organizationId]))[0]?.keySealed;
  }

  /** Adds a key, unless the organization has one. */
  async insert(organizationId: string, keySealed: Buffer, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO shield_keys (organization_id, key_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [organizationId, keySealed],
    );
  }
}
