import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

/** The sealed keys that an organization's names and digests are looked up by. */
@Injectable()
export class DocumentLookupsRepository {
  async find(organizationId: string, db: Tx): Promise<Buffer | undefined> {
    const sql = 'SELECT key_sealed AS sealed FROM document_lookups WHERE organization_id = $1';
    return (await db.query(sql, [organizationId]))[0]?.sealed;
  }

  /** Nothing happens where there is one: the first stays. */
  async insert(organizationId: string, sealed: Buffer, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO document_lookups (organization_id, key_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [organizationId, sealed],
    );
  }
}
