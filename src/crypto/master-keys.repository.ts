import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

export interface MasterKeyRow {
  readonly id: string;
  readonly checkSealed: Buffer;
}

/** Which master keys the database belongs to. The newest is the one in use; older ones are being replaced by it. */
@Injectable()
export class MasterKeysRepository {
  /** Newest first. */
  listMasterKeys(db: Tx): Promise<MasterKeyRow[]> {
    return db.query('SELECT id, check_sealed AS "checkSealed" FROM master_keys ORDER BY created_at DESC, id');
  }

  /** As the newest, whatever the clock says. */
  async insertMasterKey({ id, checkSealed }: MasterKeyRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO master_keys (id, check_sealed, created_at)
       SELECT $1, $2, greatest(now(), max(created_at) + interval '1 microsecond') FROM master_keys`,
      [id, checkSealed],
    );
  }

  /**
   * The newest, held until the transaction ends: what is wrapped under it meanwhile is seen by whoever counts before
   * it removes it.
   */
  async holdNewestMasterKey(tx: Tx): Promise<string | undefined> {
    const rows = await tx.query(
      'SELECT id FROM master_keys ORDER BY created_at DESC, id LIMIT 1 FOR KEY SHARE',
    );
    return rows[0]?.id;
  }
}
