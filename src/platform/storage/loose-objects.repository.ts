import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';

/** A writer that is silent for so long is taken for dead. */
export const LEASE_SECONDS = 60;

const TAKE = `
  WITH due AS (SELECT object_key, doomed FROM loose_objects WHERE expires_at <= now()
                ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
  UPDATE loose_objects o SET doomed = true, expires_at = now() + make_interval(secs => $2)
    FROM due WHERE o.object_key = due.object_key
  RETURNING o.object_key AS key, due.doomed AS "wasDoomed"`;

/** An object that a sweep has taken on. */
export interface TakenObject {
  readonly key: string;
  /** Else its writer fell silent, and may still be alive. */
  readonly wasDoomed: boolean;
}

/**
 * The ledger of objects that no file refers to: those being written, and those to be deleted. Keys name no tenant, and
 * no request ever does.
 */
@Injectable()
export class LooseObjectsRepository {
  async insert(key: string, tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO loose_objects (object_key, expires_at) VALUES ($1, now() + make_interval(secs => $2))',
      [key, LEASE_SECONDS],
    );
  }

  /** Renews leases; returns the keys whose objects nobody has doomed. */
  async renew(keys: readonly string[], tx: Tx): Promise<string[]> {
    const [rows]: [{ key: string }[]] = await tx.query(
      `UPDATE loose_objects SET expires_at = now() + make_interval(secs => $2)
        WHERE object_key = ANY($1::text[]) AND NOT doomed RETURNING object_key AS key`,
      [keys, LEASE_SECONDS],
    );
    return rows.map(({ key }) => key);
  }

  /** Strikes out an object that gets its file; false when it is doomed or gone. */
  async claim(key: string, tx: Tx): Promise<boolean> {
    const [, count] = await tx.query('DELETE FROM loose_objects WHERE object_key = $1 AND NOT doomed', [key]);
    return count === 1;
  }

  /** Enters objects that lose their files. */
  async doom(keys: readonly string[], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO loose_objects (object_key, expires_at, doomed)
       SELECT DISTINCT key, now(), true FROM unnest($1::text[]) AS key ORDER BY key
       ON CONFLICT (object_key) DO UPDATE SET doomed = true, expires_at = EXCLUDED.expires_at`,
      [keys],
    );
  }

  /** Dooms an object only when it is still loose; false when a file has it, or a sweep has removed it. */
  async doomLoose(key: string, tx: Tx): Promise<boolean> {
    const [, count] = await tx.query(
      'UPDATE loose_objects SET doomed = true, expires_at = now() WHERE object_key = $1',
      [key],
    );
    return count === 1;
  }

  /**
   * Dooms objects whose lease is over, and hands them out with those doomed before. Until `seconds` have passed no
   * other sweep gets them, so what a crash interrupts is done again after that.
   */
  async take(limit: number, seconds: number, tx: Tx): Promise<TakenObject[]> {
    const [rows] = await tx.query(TAKE, [limit, seconds]);
    return rows;
  }

  async delete(keys: readonly string[], tx: Tx): Promise<void> {
    await tx.query('DELETE FROM loose_objects WHERE object_key = ANY($1::text[]) AND doomed', [keys]);
  }
}
