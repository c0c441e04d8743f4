import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** The sealed key that people are looked up by. */
@Injectable()
export class UserLookupsRepository {
  async find(id: string, db: Tx): Promise<Buffer | undefined> {
    const sql = 'SELECT key_sealed AS sealed FROM user_lookups WHERE id = $1';
    return (await db.query(sql, [id]))[0]?.sealed;
  }

  /** Nothing happens where there is one: the first stays. */
  async insert(id: string, sealed: Buffer, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO user_lookups (id, key_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      id,
      sealed,
    ]);
  }
}
