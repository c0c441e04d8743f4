import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';

const IS_OPEN = 'used_at IS NULL AND expires_at > statement_timestamp()';

@Injectable()
export class PasswordResetsRepository {
  async insert(
    reset: { readonly id: string; readonly userId: string; readonly hash: Buffer },
    lifeSeconds: number,
    tx: Tx,
  ): Promise<Date> {
    const [row] = await tx.query(
      `INSERT INTO password_resets (id, user_id, hash, expires_at)
       VALUES ($1, $2, $3, statement_timestamp() + make_interval(secs => $4)) RETURNING expires_at AS "expiresAt"`,
      [reset.id, reset.userId, reset.hash, lifeSeconds],
    );
    return row.expiresAt;
  }

  /** Whose password may be reset with it, if anybody's. */
  async findUser(hash: Buffer, db: Tx): Promise<string | undefined> {
    const sql = `SELECT user_id AS "userId" FROM password_resets WHERE hash = $1 AND ${IS_OPEN}`;
    return (await db.query(sql, [hash]))[0]?.userId;
  }

  /** Uses it up, in one statement, so that of any number who come with it one does. */
  async consume(hash: Buffer, tx: Tx): Promise<{ id: string; userId: string } | undefined> {
    const [rows] = await tx.query(
      `UPDATE password_resets SET used_at = statement_timestamp() WHERE hash = $1 AND ${IS_OPEN}
       RETURNING id, user_id AS "userId"`,
      [hash],
    );
    return rows[0];
  }

  /** Ends the user's other ones. */
  async closeAll(userId: string, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE password_resets SET used_at = statement_timestamp() WHERE user_id = $1 AND used_at IS NULL',
      [userId],
    );
  }

  async deleteOld(tx: Tx): Promise<void> {
    await tx.query(`DELETE FROM password_resets WHERE expires_at < now() - interval '1 day'`);
  }
}
