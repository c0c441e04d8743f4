import type { PlanOverrides } from '../limits/plan-limits.js';
import {
  type OrganizationRole,
  PERMISSION_TABLE,
  type Permission,
  reaches,
  type Scope,
} from './permission.js';

/** An organization somebody belongs to. */
export interface Membership {
  readonly organizationId: string;
  readonly role: OrganizationRole;
}

/** By what somebody asks: a key, or a token that a login gave. Audit rows name the key, or the user. */
export type Credential =
  | { readonly kind: 'api_key'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string; readonly tokenId: string };

/**
 * Who is asking, and where: made by the authenticator for the caller's home, moved by the guard to the organization of what
 * the request names. Knows tenants as opaque ids only.
 */
export interface Principal {
  readonly userId: string;
  /** The tenant of everything the request touches: home, unless it names something of another organization. */
  readonly organizationId: string;
  /** The caller's role there; undefined for somebody who is no member. */
  readonly role: OrganizationRole | undefined;
  /** Every organization the credential reaches: a key's own, or all of a user's. */
  readonly memberships: readonly Membership[];
  /** The one project there that was opened to somebody who is no member. */
  readonly onlyProjectId?: string | undefined;
  readonly defaultProjectId: string | undefined;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly mode: 'live' | 'sandbox';
  /** `'*'` stands for every permission of the holder's roles. */
  readonly scopes: readonly (Scope | '*')[];
  readonly plan: string;
  /** Numbers of the credential's own in place of its plan's. */
  readonly limits?: PlanOverrides | undefined;
  /** Networks the credential is limited to; none when it may be used from anywhere. */
  readonly allowedNetworks?: readonly string[];
  readonly credential: Credential;
}

/** Whether a principal's credential is not limited to other scopes. */
export const hasScope = ({ scopes }: Principal, scope: Scope): boolean =>
  scopes.includes('*') || scopes.includes(scope);

/** Whether a principal's roles and credential allow something, where they are. */
export function holds(principal: Principal, permission: Permission): boolean {
  const { scope, holder } = PERMISSION_TABLE[permission];
  if (principal.systemRole === 'pending' || !hasScope(principal, scope)) return false;
  if (holder === 'anyone') return true;
  return holder === 'instance' ? principal.systemRole === 'admin' : reaches(principal.role, holder);
}

/** Whether a principal administers the organization of the request. */
export const administers = ({ role, onlyProjectId }: Principal): boolean =>
  role === 'admin' && onlyProjectId === undefined;
