import { Injectable } from '@nestjs/common';
import { prepared } from '../platform/database/prepared.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { OrganizationRole } from '../platform/http/permission.js';
import type { Membership } from '../platform/http/principal.js';
import type { PlanOverrides } from '../platform/limits/plan-limits.js';

/** Everything authentication needs of a secret, its key and its user, in one row; the database's clock decides. */
export interface CredentialRow {
  readonly hash: Buffer;
  /** A rotation has ended this secret. */
  readonly replaced: boolean;
  readonly id: string;
  /** Whose key it is, also where it opens that organization's sandbox. */
  readonly organizationId: string;
  /** Where it works: the organization, or its sandbox. */
  readonly tenantId: string;
  readonly sandbox: boolean;
  readonly userId: string;
  /** The user's role in the organization; null when they are no member any more. */
  readonly role: OrganizationRole | null;
  readonly defaultProjectId: string | null;
  readonly scopes: readonly string[];
  readonly plan: string;
  readonly limits: PlanOverrides | null;
  readonly allowedNetworks: readonly string[];
  readonly expired: boolean;
  readonly revoked: boolean;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly disabled: boolean;
}

/** Everything authentication needs of a login's token and its user. */
export interface LoginTokenRow {
  readonly hash: Buffer;
  readonly id: string;
  readonly revoked: boolean;
  readonly userId: string;
  readonly organizationId: string;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly disabled: boolean;
  readonly memberships: readonly Membership[];
}

/** A key's use, to be noted on it. */
export interface KeyUse {
  readonly id: string;
  readonly organizationId: string;
  readonly at: Date;
}

const keysWhere = (condition: string): string => `
  SELECT s.hash, s.expires_at IS NOT NULL AND s.expires_at <= now() AS replaced,
         k.id, k.organization_id AS "organizationId", k.user_id AS "userId", k.sandbox, m.role,
         CASE WHEN k.sandbox THEN o.sandbox_id ELSE k.organization_id END AS "tenantId",
         CASE WHEN k.sandbox
              THEN (SELECT p.id FROM projects p WHERE p.organization_id = o.sandbox_id ORDER BY p.created_at, p.id LIMIT 1)
              ELSE k.default_project_id END AS "defaultProjectId", k.scopes, k.plan, k.limits, k.allowed_networks AS "allowedNetworks",
         k.expires_at IS NOT NULL AND k.expires_at <= now() AS expired, k.revoked_at IS NOT NULL AS revoked,
         u.system_role AS "systemRole", u.disabled_at IS NOT NULL AS disabled
    FROM api_key_secrets s
    JOIN api_keys k ON k.id = s.api_key_id AND k.organization_id = s.organization_id
    JOIN users u ON u.id = k.user_id
    JOIN organizations o ON o.id = k.organization_id
    LEFT JOIN memberships m ON m.organization_id = k.organization_id AND m.user_id = k.user_id
   WHERE ${condition}`;

const tokensWhere = (condition: string): string => `
  SELECT t.hash, t.id, t.revoked_at IS NOT NULL AS revoked, u.id AS "userId", u.organization_id AS "organizationId",
         u.system_role AS "systemRole", u.disabled_at IS NOT NULL AS disabled,
         coalesce((SELECT json_agg(json_build_object('organizationId', m.organization_id, 'role', m.role) ORDER BY m.created_at)
                     FROM memberships m WHERE m.user_id = u.id), '[]') AS memberships
    FROM login_tokens t JOIN users u ON u.id = t.user_id
   WHERE ${condition}`;

/** Of one hash a plan is made once and for all; of several, whose number tells the planner something, every time. */
const FIND = prepared(keysWhere('s.hash = ANY($1::bytea[])'));
const FIND_ONE = prepared(keysWhere('s.hash = $1'));
const FIND_TOKENS = prepared(tokensWhere('t.hash = ANY($1::bytea[])'));
const FIND_TOKEN = prepared(tokensWhere('t.hash = $1'));

const NOTE_TOKEN_USES = `
  WITH uses AS (
    SELECT t.id, u.at FROM login_tokens t JOIN unnest($1::text[], $2::timestamptz[]) AS u (id, at) ON t.id = u.id
     WHERE t.last_used_at IS NULL OR t.last_used_at < u.at
     ORDER BY t.id FOR NO KEY UPDATE OF t)
  UPDATE login_tokens SET last_used_at = uses.at FROM uses WHERE login_tokens.id = uses.id`;

/** Rows are locked in one order, so that processes noting the same keys never wait for each other in a circle. */
const NOTE_USES = `
  WITH uses AS (
    SELECT k.id, k.organization_id, u.at
      FROM api_keys k JOIN unnest($1::text[], $2::text[], $3::timestamptz[]) AS u (id, organization_id, at)
        ON k.id = u.id AND k.organization_id = u.organization_id
     WHERE k.last_used_at IS NULL OR k.last_used_at < u.at
     ORDER BY k.id FOR NO KEY UPDATE OF k)
  UPDATE api_keys SET last_used_at = uses.at
    FROM uses WHERE api_keys.id = uses.id AND api_keys.organization_id = uses.organization_id`;

@Injectable()
export class CredentialsRepository {
  /** The secrets with these hashes, ended ones too, whatever their tenant: the hash is the credential. */
  find(hashes: readonly Buffer[], db: Tx): Promise<CredentialRow[]> {
    return hashes.length === 1 ? db.query(FIND_ONE, [hashes[0]]) : db.query(FIND, [hashes]);
  }

  /** The logins' tokens with these hashes, ended ones too. */
  findTokens(hashes: readonly Buffer[], db: Tx): Promise<LoginTokenRow[]> {
    return hashes.length === 1 ? db.query(FIND_TOKEN, [hashes[0]]) : db.query(FIND_TOKENS, [hashes]);
  }

  async noteTokenUses(uses: readonly Pick<KeyUse, 'id' | 'at'>[], db: Tx): Promise<void> {
    await db.query(NOTE_TOKEN_USES, [uses.map(({ id }) => id), uses.map(({ at }) => at)]);
  }

  /** Moves the keys' last use forward, all in one statement. */
  async noteUses(uses: readonly KeyUse[], db: Tx): Promise<void> {
    await db.query(NOTE_USES, [
      uses.map(({ id }) => id),
      uses.map(({ organizationId }) => organizationId),
      uses.map(({ at }) => at),
    ]);
  }
}
