import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKey, ApiKeyStatus, KeyMode } from './api-key.js';

/** Whose keys: an organization's, or within it one user's, or those of its sandbox. */
export interface KeyOwner {
  readonly organizationId: string;
  readonly userId?: string;
  readonly sandbox?: true;
}

/** Which keys to list; absent fields do not filter. */
export interface KeyFilter {
  readonly status?: ApiKeyStatus | undefined;
  readonly plan?: string | undefined;
  readonly userId?: string | undefined;
  readonly name?: string | undefined;
  readonly mode?: KeyMode | undefined;
}

/** What a caller decides of a key. */
export type KeySettings = Pick<
  ApiKey,
  'name' | 'scopes' | 'plan' | 'limits' | 'expiresAt' | 'defaultProjectId' | 'allowedNetworks'
>;

/** A key to insert, with its first secret. */
export type NewKey = Pick<ApiKey, 'id' | 'organizationId' | 'userId' | 'hint'> &
  Omit<KeySettings, 'allowedNetworks' | 'limits'> &
  Partial<Pick<KeySettings, 'allowedNetworks' | 'limits'>> & {
    readonly hash: Buffer;
    readonly sandbox?: boolean;
  };

/**
 * The time of the statement, not of its transaction: a transaction that waited for a lock began before what it
 * finds under it.
 */
const NOW = 'statement_timestamp()';
const STATUS = `
  CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= ${NOW} THEN 'expired' ELSE 'active' END`;
const COLUMNS = `
  id, organization_id AS "organizationId", user_id AS "userId", default_project_id AS "defaultProjectId",
  name, CASE WHEN sandbox THEN 'test' ELSE 'live' END AS mode, hint, scopes, plan, limits, allowed_networks AS "allowedNetworks", ${STATUS} AS status,
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt",
  created_at AS "createdAt",
  (SELECT s.expires_at FROM api_key_secrets s
    WHERE s.organization_id = api_keys.organization_id AND s.api_key_id = api_keys.id
      AND s.expires_at > ${NOW} AND revoked_at IS NULL) AS "previousExpiresAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  name: { column: 'name', type: 'text' },
  // A key never used counts as used longest ago.
  last_used_at: { column: `coalesce(last_used_at, '-infinity')`, type: 'timestamptz' },
};

@Injectable()
export class ApiKeysRepository {
  async findById(owner: KeyOwner, id: string, db: Tx): Promise<ApiKey | undefined> {
    const sql = `SELECT ${COLUMNS} FROM api_keys
                  WHERE organization_id = $1 AND id = $2 AND ($3::text IS NULL OR user_id = $3)
                    AND ($4::boolean IS NULL OR sandbox = $4)`;
    return (await db.query(sql, [owner.organizationId, id, owner.userId, owner.sandbox]))[0];
  }

  /** Keeps other changes of the key waiting until the transaction ends. */
  async lock({ organizationId }: KeyOwner, id: string, tx: Tx): Promise<void> {
    const sql = 'SELECT 1 FROM api_keys WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE';
    await tx.query(sql, [organizationId, id]);
  }

  list(owner: KeyOwner, filter: KeyFilter, listing: Listing, db: Tx): Promise<Listed<ApiKey>> {
    const query: RowQuery = {
      select: COLUMNS,
      from: 'api_keys',
      where: [
        ['organization_id = ?', owner.organizationId],
        ['user_id = ?', owner.userId],
        ['sandbox = ?', owner.sandbox],
        ['user_id = ?', filter.userId],
        ['plan = ?', filter.plan],
        ['name = ?', filter.name],
        ['sandbox = ?', filter.mode && filter.mode === 'test'],
        [`${STATUS} = ?`, filter.status],
      ],
      sort: SORT,
    };
    return listRows(query, listing, db);
  }

  async insert({ hash, ...key }: NewKey, tx: Tx): Promise<void> {
    await tx.insert(ApiKeyEntity, storable(key));
    await this.insertSecret(key, hash, tx);
  }

  async update(owner: KeyOwner, id: string, changes: Partial<KeySettings>, tx: Tx): Promise<void> {
    await tx.update(ApiKeyEntity, { ...owner, id }, storable(changes));
  }

  /**
   * Gives a locked key a new secret. The one so far works for `overlapSeconds` more; older ones end at once.
   * All of them stay known, so that none can come back.
   */
  async replaceSecret(
    key: Pick<ApiKey, 'id' | 'organizationId'>,
    secret: { readonly hash: Buffer; readonly hint: string },
    overlapSeconds: number,
    tx: Tx,
  ): Promise<void> {
    const place = [key.organizationId, key.id];
    await tx.query(
      `UPDATE api_key_secrets
          SET expires_at = ${NOW} + CASE WHEN expires_at IS NULL THEN make_interval(secs => $3) ELSE '0' END
        WHERE organization_id = $1 AND api_key_id = $2 AND (expires_at IS NULL OR expires_at > ${NOW})`,
      [...place, overlapSeconds],
    );
    await this.insertSecret(key, secret.hash, tx);
    const sql = 'UPDATE api_keys SET hint = $3 WHERE organization_id = $1 AND id = $2';
    await tx.query(sql, [...place, secret.hint]);
  }

  /** Whether the key was still valid: false when another call revoked it first. */
  async markRevoked(owner: KeyOwner, id: string, tx: Tx): Promise<boolean> {
    const unrevoked = { ...owner, id, revokedAt: IsNull() };
    const { affected } = await tx.update(ApiKeyEntity, unrevoked, { revokedAt: () => 'now()' });
    return affected === 1;
  }

  private async insertSecret(
    { id, organizationId }: Pick<ApiKey, 'id' | 'organizationId'>,
    hash: Buffer,
    tx: Tx,
  ): Promise<void> {
    const sql = 'INSERT INTO api_key_secrets (hash, organization_id, api_key_id) VALUES ($1, $2, $3)';
    await tx.query(sql, [hash, organizationId, id]);
  }
}

/** What is stored of a key: its lists without repetitions. */
function storable<T extends Partial<KeySettings>>({ scopes, allowedNetworks, ...rest }: T) {
  return {
    ...rest,
    ...(scopes && { scopes: [...new Set(scopes)] }),
    ...(allowedNetworks && { allowedNetworks: [...new Set(allowedNetworks)] }),
  };
}
