import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type BurntKey, type HandedOutKey, LIFETIME_SECONDS } from './ephemeral-key.js';

export interface PooledKeyRow {
  readonly id: string;
  readonly publicKey: Buffer;
  readonly privateSealed: Buffer;
}

/** Keys that others hand out at the same moment are passed over: nobody waits, and no key goes out twice. */
const HAND_OUT = `
  WITH ready AS MATERIALIZED (
    SELECT id FROM ephemeral_keys WHERE expires_at IS NULL
     ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE ephemeral_keys k SET expires_at = now() + make_interval(secs => $2)
    FROM ready WHERE k.id = ready.id
  RETURNING k.id, k.public_key AS "publicKey", k.expires_at AS "expiresAt"`;

const BURN = `
  DELETE FROM ephemeral_keys WHERE id = $1 AND expires_at IS NOT NULL
  RETURNING id, private_sealed AS "privateSealed", expires_at > now() AS "inTime"`;

/** The pool: keys that wait, and those that were handed out and are not used yet. They belong to no organization. */
@Injectable()
export class EphemeralKeysRepository {
  async insert({ id, publicKey, privateSealed }: PooledKeyRow, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO ephemeral_keys (id, public_key, private_sealed) VALUES ($1, $2, $3)', [
      id,
      publicKey,
      privateSealed,
    ]);
  }

  async countReady(db: Tx): Promise<number> {
    const [row] = await db.query(
      'SELECT count(*)::integer AS ready FROM ephemeral_keys WHERE expires_at IS NULL',
    );
    return row.ready;
  }

  /** Hands out as many as there are, at most `amount`, the oldest first. */
  async handOut(amount: number, db: Tx): Promise<HandedOutKey[]> {
    const [rows] = await db.query(HAND_OUT, [amount, LIFETIME_SECONDS]);
    return rows;
  }

  /** Deletes a key that was handed out: of all that ask for it at once, one gets it. */
  async burn(id: string, db: Tx): Promise<BurntKey | undefined> {
    const [rows] = await db.query(BURN, [id]);
    return rows[0];
  }

  async deleteExpired(tx: Tx): Promise<void> {
    await tx.query('DELETE FROM ephemeral_keys WHERE expires_at <= now()');
  }
}
