import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Page } from '../platform/http/paging.js';
import { ApiKeyEntity } from './api-key.entity.js';
import type { ApiKey } from './api-key.js';

/** Whose keys: an organization's, or within it one user's. */
export interface KeyOwner {
  readonly organizationId: string;
  readonly userId?: string;
}

/** Everything authentication needs of a key and its user, in one row. */
export interface CredentialRow extends ApiKey {
  readonly hash: Buffer;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly disabledAt: Date | null;
}

const FIND_CREDENTIALS = `
  SELECT k.id, k.hash, k.organization_id AS "organizationId", k.user_id AS "userId",
         k.default_project_id AS "defaultProjectId", k.name, k.hint, k.scopes, k.plan,
         k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", k.created_at AS "createdAt",
         u.system_role AS "systemRole", u.disabled_at AS "disabledAt"
    FROM api_keys k JOIN users u ON u.id = k.user_id
   WHERE k.hash = ANY($1::bytea[])`;

@Injectable()
export class ApiKeysRepository {
  /** The keys with these hashes, whatever their tenant: the hash is the credential. */
  findCredentials(hashes: readonly Buffer[], db: Tx): Promise<CredentialRow[]> {
    return db.query(FIND_CREDENTIALS, [hashes]);
  }

  findById(owner: KeyOwner, id: string, db: Tx): Promise<ApiKey | null> {
    return db.findOneBy(ApiKeyEntity, { ...owner, id });
  }

  /** Newest first, with the total of all pages. */
  list(owner: KeyOwner, page: Page, db: Tx): Promise<[ApiKey[], number]> {
    return db.findAndCount(ApiKeyEntity, {
      where: { ...owner },
      order: { id: 'DESC' },
      skip: page.offset,
      take: page.size,
    });
  }

  async insert(
    key: Omit<ApiKey, 'createdAt' | 'revokedAt'> & { readonly hash: Buffer },
    tx: Tx,
  ): Promise<void> {
    await tx.insert(ApiKeyEntity, { ...key, scopes: [...key.scopes] });
  }

  /** Whether the key was still valid: false when another call revoked it first. */
  async markRevoked(owner: KeyOwner, id: string, tx: Tx): Promise<boolean> {
    const unrevoked = { ...owner, id, revokedAt: IsNull() };
    const { affected } = await tx.update(ApiKeyEntity, unrevoked, { revokedAt: () => 'now()' });
    return affected === 1;
  }
}
