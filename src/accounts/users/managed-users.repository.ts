import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { SystemRole, UserFilter } from './user.js';
import type { UserCard } from './user-card.js';
import type { SealedPerson } from './user-vault.service.js';

/** A new user's row. */
export interface NewUserRow extends SealedPerson {
  readonly id: string;
  readonly organizationId: string;
  readonly systemRole: SystemRole;
  readonly emailLookup: Buffer;
  readonly usernameLookup: Buffer;
}

/** What a change writes; absent fields stay. */
export interface UserRowChange {
  readonly nameSealed?: Buffer | null;
  readonly profileSealed?: Buffer | null;
  readonly usernameLookup?: Buffer;
  readonly systemRole?: SystemRole;
  readonly disabled?: boolean;
}

/** What went with somebody's account. */
export interface ErasedCredentials {
  readonly apiKeys: number;
  readonly loginTokens: number;
}

const STATUS = `
  CASE WHEN disabled_at IS NOT NULL THEN 'disabled' WHEN system_role = 'pending' THEN 'pending' ELSE 'active' END`;

/** Membership is asked for as authentication asks for it. */
const MEMBER = 'EXISTS (SELECT FROM memberships m WHERE m.user_id = users.id AND m.organization_id = ?)';

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  // Who never logged in counts as having done so longest ago.
  last_login_at: { column: `coalesce(last_login_at, '-infinity')`, type: 'timestamptz' },
};

const queryOf = ({ systemRole, status, organizationId }: UserFilter): RowQuery => ({
  select: 'id',
  from: 'users',
  where: [
    ['(deleted_at IS NULL) = ?', true],
    ['system_role = ?', systemRole],
    [`${STATUS} = ?`, status],
    [MEMBER, organizationId],
  ],
  sort: SORT,
});

/** Users of the whole instance, for its administrators. Who was deleted is not among them. */
@Injectable()
export class ManagedUsersRepository {
  async list(filter: UserFilter, listing: Listing, db: Tx): Promise<Listed<string>> {
    const { rows, ...rest } = await listRows<{ id: string }>(queryOf(filter), listing, db);
    return { ...rest, rows: rows.map(({ id }) => id) };
  }

  async exists(id: string, db: Tx): Promise<boolean> {
    return (await db.query('SELECT FROM users WHERE id = $1 AND deleted_at IS NULL', [id])).length === 1;
  }

  /** Keeps others from changing the user until the transaction ends. @returns false when there is none */
  async lock(id: string, tx: Tx): Promise<boolean> {
    const sql = 'SELECT FROM users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE';
    return (await tx.query(sql, [id])).length === 1;
  }

  /** Changes of who administers the instance follow one another. */
  async lockAdministrators(tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('redoubt administrators'))`);
  }

  async hasOtherAdministrator(id: string, db: Tx): Promise<boolean> {
    const rows = await db.query(
      `SELECT FROM users WHERE system_role = 'admin' AND disabled_at IS NULL AND deleted_at IS NULL AND id <> $1 LIMIT 1`,
      [id],
    );
    return rows.length > 0;
  }

  /** Which of these look-ups somebody has. */
  async findTaken(column: 'email' | 'username', lookups: readonly Buffer[], db: Tx): Promise<Buffer[]> {
    const sql = `SELECT ${column}_lookup AS lookup FROM users WHERE ${column}_lookup = ANY($1::bytea[])`;
    const rows: { lookup: Buffer }[] = await db.query(sql, [lookups]);
    return rows.map(({ lookup }) => lookup);
  }

  /** @returns nothing when the e-mail address or the user name is somebody's */
  async insert(
    row: NewUserRow,
    tx: Tx,
  ): Promise<Pick<UserCard, 'number' | 'createdAt' | 'updatedAt'> | undefined> {
    const rows = await tx.query(
      `INSERT INTO users (id, organization_id, system_role, name_sealed, email_sealed, profile_sealed, email_lookup,
                          username_lookup)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
       RETURNING number::float8 AS number, created_at AS "createdAt", updated_at AS "updatedAt"`,
      [
        ...[row.id, row.organizationId, row.systemRole, row.nameSealed, row.emailSealed, row.profileSealed],
        ...[row.emailLookup, row.usernameLookup],
      ],
    );
    return rows[0];
  }

  async update(id: string, change: UserRowChange, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE users
          SET name_sealed = coalesce($2, name_sealed), profile_sealed = coalesce($3, profile_sealed),
              username_lookup = coalesce($4, username_lookup), system_role = coalesce($5, system_role),
              disabled_at = CASE WHEN $6::boolean IS NULL THEN disabled_at WHEN $6 THEN coalesce(disabled_at, now()) END,
              version = version + 1, updated_at = now()
        WHERE id = $1`,
      [
        ...[id, change.nameSealed ?? null, change.profileSealed ?? null, change.usernameLookup ?? null],
        ...[change.systemRole ?? null, change.disabled ?? null],
      ],
    );
  }

  /** Names of keys are in clear, and often say whose they are. */
  async eraseKeyNames(userId: string, tx: Tx): Promise<void> {
    await tx.query(`UPDATE api_keys SET name = '' WHERE user_id = $1 AND name <> ''`, [userId]);
  }

  /**
   * Erases what says who somebody was, and all they could log in by. The row stays, since what they made names it.
   * Invitations to their address hold it too, and go.
   */
  async erase(id: string, tx: Tx): Promise<ErasedCredentials> {
    const [row] = await tx.query(
      `WITH person AS (SELECT email_lookup FROM users WHERE id = $1),
            invited AS (DELETE FROM invitations i USING person p WHERE i.email_lookup = p.email_lookup),
            resets AS (DELETE FROM password_resets WHERE user_id = $1),
            tokens AS (DELETE FROM login_tokens WHERE user_id = $1 RETURNING revoked_at),
            keys AS (UPDATE api_keys SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL RETURNING id)
       SELECT (SELECT count(*)::int FROM keys) AS "apiKeys",
              (SELECT count(*)::int FROM tokens WHERE revoked_at IS NULL) AS "loginTokens"`,
      [id],
    );
    await tx.query(
      `UPDATE users
          SET name_sealed = NULL, email_sealed = NULL, profile_sealed = NULL, email_lookup = NULL,
              username_lookup = NULL, password_hash = NULL, email_verified_at = NULL, password_changed_at = NULL,
              last_login_at = NULL, system_role = 'user', disabled_at = coalesce(disabled_at, now()),
              deleted_at = now(), version = version + 1, updated_at = now()
        WHERE id = $1`,
      [id],
    );
    return row;
  }
}
