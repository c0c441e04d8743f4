import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';

/** A login's token as it is stored; its client is still sealed. */
export interface LoginTokenRecord {
  readonly id: string;
  readonly clientSealed: Buffer | null;
  readonly createdAt: Date;
  /** Exact to about a minute. */
  readonly lastUsedAt: Date | null;
}

const COLUMNS = `id, client_sealed AS "clientSealed", created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  // A token never used counts as used longest ago.
  last_used_at: { column: `coalesce(last_used_at, '-infinity')`, type: 'timestamptz' },
};

@Injectable()
export class LoginTokensRepository {
  async insert(
    token: {
      readonly id: string;
      readonly userId: string;
      readonly hash: Buffer;
      readonly clientSealed: Buffer | null;
    },
    tx: Tx,
  ): Promise<void> {
    await tx.query('INSERT INTO login_tokens (id, user_id, hash, client_sealed) VALUES ($1, $2, $3, $4)', [
      token.id,
      token.userId,
      token.hash,
      token.clientSealed,
    ]);
  }

  /** Those that work. */
  list(userId: string, listing: Listing, db: Tx): Promise<Listed<LoginTokenRecord>> {
    const query: RowQuery = {
      select: COLUMNS,
      from: 'login_tokens',
      where: [['user_id = ? AND revoked_at IS NULL', userId]],
      sort: SORT,
    };
    return listRows(query, listing, db);
  }

  /** @returns whether the user has such a token, and whether it worked until now */
  async revoke(userId: string, id: string, tx: Tx): Promise<'missing' | 'revoked' | 'ended'> {
    const [, ended] = await tx.query(
      'UPDATE login_tokens SET revoked_at = now() WHERE user_id = $1 AND id = $2 AND revoked_at IS NULL',
      [userId, id],
    );
    if (ended > 0) return 'ended';
    const rows = await tx.query('SELECT 1 FROM login_tokens WHERE user_id = $1 AND id = $2', [userId, id]);
    return rows.length > 0 ? 'revoked' : 'missing';
  }

  /** Ends all of a user's tokens but one; returns how many. */
  async revokeOthers(userId: string, exceptId: string | undefined, tx: Tx): Promise<number> {
    const [, count] = await tx.query(
      `UPDATE login_tokens SET revoked_at = now()
        WHERE user_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR id <> $2)`,
      [userId, exceptId],
    );
    return count;
  }

  async deleteRevoked(afterDays: number, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM login_tokens WHERE revoked_at < now() - make_interval(days => $1)', [
      afterDays,
    ]);
  }
}
