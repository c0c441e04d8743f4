import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { KnownUser } from './account-news.service.js';
import type { SealedPerson } from './users/user-vault.service.js';

/** What a login must know of an account; all null when there is none. */
export interface LoginRow {
  readonly id: string | null;
  readonly organizationId: string | null;
  readonly passwordHash: string | null;
  readonly disabled: boolean | null;
  /** When the password was set, as PostgreSQL writes it. */
  readonly passwordSet: string | null;
}

/** An account that is to be changed. */
export interface AccountRow extends KnownUser, SealedPerson {
  readonly passwordHash: string | null;
  readonly disabled: boolean;
}

/** The columns by which somebody is found and named; null for what they do not have. */
export interface SealedIdentity extends SealedPerson {
  readonly emailLookup: Buffer | null;
  readonly usernameLookup: Buffer | null;
}

export interface NewAccount extends KnownUser, SealedIdentity {
  readonly passwordHash: string | null;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly emailVerified: boolean;
}

/** Always one row, so that an account that is not there takes the database as long as one that is. */
const FIND_FOR_LOGIN = `
  SELECT u.id, u.organization_id AS "organizationId", u.password_hash AS "passwordHash", u.disabled_at IS NOT NULL AS disabled,
         u.password_changed_at::text AS "passwordSet"
    FROM (SELECT $1::bytea AS lookup) sought LEFT JOIN users u ON u.email_lookup = sought.lookup`;

const FIND = `
  SELECT id, organization_id AS "organizationId", password_hash AS "passwordHash", disabled_at IS NOT NULL AS disabled,
         name_sealed AS "nameSealed", email_sealed AS "emailSealed", profile_sealed AS "profileSealed"
    FROM users WHERE id = $1`;

/** Accounts by themselves: whoever logs in or changes their own is asked for no organization. */
@Injectable()
export class AccountsRepository {
  async findForLogin(emailLookup: Buffer, db: Tx): Promise<LoginRow> {
    return (await db.query(FIND_FOR_LOGIN, [emailLookup]))[0];
  }

  async find(id: string, db: Tx): Promise<AccountRow | undefined> {
    return (await db.query(FIND, [id]))[0];
  }

  /** Keeps other changes of the account waiting until the transaction ends. */
  async lock(id: string, tx: Tx): Promise<AccountRow | undefined> {
    return (await tx.query(`${FIND} FOR NO KEY UPDATE`, [id]))[0];
  }

  /** Whether an e-mail's or a user name's look-up is somebody else's. */
  async taken(
    { emailLookup, usernameLookup }: Pick<SealedIdentity, 'emailLookup' | 'usernameLookup'>,
    exceptId: string | undefined,
    db: Tx,
  ): Promise<{ readonly email: boolean; readonly username: boolean }> {
    const [row] = await db.query(
      `SELECT EXISTS (SELECT FROM users WHERE email_lookup = $1 AND ($3::text IS NULL OR id <> $3)) AS email,
              EXISTS (SELECT FROM users WHERE username_lookup = $2 AND ($3::text IS NULL OR id <> $3)) AS username`,
      [emailLookup, usernameLookup, exceptId],
    );
    return row;
  }

  /** @returns false, and nothing happens, where its e-mail or user name has become somebody else's */
  async insert(account: NewAccount, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO users (id, organization_id, system_role, name_sealed, email_sealed, profile_sealed, email_lookup,
                          username_lookup, password_hash, password_changed_at, email_verified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text, CASE WHEN $9::text IS NOT NULL THEN now() END,
               CASE WHEN $10 THEN now() END)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        account.id,
        account.organizationId,
        account.systemRole,
        account.nameSealed,
        account.emailSealed,
        account.profileSealed,
        account.emailLookup,
        account.usernameLookup,
        account.passwordHash,
        account.emailVerified,
      ],
    );
    return rows.length > 0;
  }

  /** A changed e-mail address has not been verified. */
  async setIdentity(user: Pick<KnownUser, 'id'>, identity: SealedIdentity, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE users SET name_sealed = $2, email_sealed = $3, profile_sealed = $4, username_lookup = $6,
              email_verified_at = CASE WHEN email_lookup = $5 THEN email_verified_at END, email_lookup = $5,
              version = version + 1, updated_at = now()
        WHERE id = $1`,
      [
        user.id,
        identity.nameSealed,
        identity.emailSealed,
        identity.profileSealed,
        identity.emailLookup,
        identity.usernameLookup,
      ],
    );
  }

  /** A home of theirs, with what is sealed for it. */
  async setHome({ id, organizationId }: KnownUser, sealed: SealedPerson, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE users SET organization_id = $2, name_sealed = $3, email_sealed = $4, profile_sealed = $5,
              version = version + 1, updated_at = now()
        WHERE id = $1`,
      [id, organizationId, sealed.nameSealed, sealed.emailSealed, sealed.profileSealed],
    );
  }

  /** Who is at home in an organization and known by name or e-mail, and the oldest other organization they belong to. */
  listAtHome(
    organizationId: string,
    db: Tx,
  ): Promise<{ readonly id: string; readonly other: string | null }[]> {
    return db.query(
      `SELECT u.id, (SELECT m.organization_id FROM memberships m JOIN organizations o ON o.id = m.organization_id
                      WHERE m.user_id = u.id AND m.organization_id <> $1 AND o.deleted_at IS NULL
                      ORDER BY m.created_at, m.organization_id LIMIT 1) AS other
         FROM users u
        WHERE u.organization_id = $1
          AND (u.email_sealed IS NOT NULL OR u.name_sealed IS NOT NULL OR u.profile_sealed IS NOT NULL)`,
      [organizationId],
    );
  }

  async setPassword(id: string, passwordHash: string, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE users SET password_hash = $2, password_changed_at = now(), updated_at = now() WHERE id = $1',
      [id, passwordHash],
    );
  }

  /**
   * Notes a login, with the hash that replaces one of another cost, if there is one.
   * @returns false when the account was disabled, or its password changed, since it was read
   */
  async noteLogin(
    id: string,
    passwordSet: string | null,
    newHash: string | undefined,
    tx: Tx,
  ): Promise<boolean> {
    const [, count] = await tx.query(
      `UPDATE users SET last_login_at = now(), password_hash = coalesce($3, password_hash)
        WHERE id = $1 AND password_changed_at IS NOT DISTINCT FROM $2::timestamptz AND password_hash IS NOT NULL
          AND disabled_at IS NULL`,
      [id, passwordSet, newHash],
    );
    return count > 0;
  }

  /** Whether somebody is a member of an organization, and stays it until the transaction ends. */
  async holdMembership(userId: string, organizationId: string, tx: Tx): Promise<boolean> {
    const sql = 'SELECT 1 FROM memberships WHERE user_id = $1 AND organization_id = $2 FOR SHARE';
    return (await tx.query(sql, [userId, organizationId])).length > 0;
  }
}
