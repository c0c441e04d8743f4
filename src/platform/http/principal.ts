import type { PlanOverrides } from '../limits/plan-limits.js';
import {
  isLiveOnly,
  isOfProjects,
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
  /** Their role in the organization as a whole, where `role` is more and holds for the project of the request alone. */
  readonly organizationRole?: OrganizationRole | undefined;
  /** Every organization the credential reaches: a key's own, or all of a user's. */
  readonly memberships: readonly Membership[];
  /** They are no member there, and are where they are for another reason. */
  readonly isGuest?: true | undefined;
  /** The one project there that was opened to somebody who is no member. */
  readonly onlyProjectId?: string | undefined;
  readonly defaultProjectId: string | undefined;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly mode: 'live' | 'sandbox';
  /** In a sandbox, the organization it belongs to, whose key the credential is. */
  readonly sandboxOf?: string | undefined;
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
  if (principal.mode === 'sandbox' && isLiveOnly(permission)) return false;
  if (holder === 'instance') return principal.systemRole === 'admin';
  if (isOfProjects(permission) && holder !== 'anyone') return reaches(principal.role, holder);
  // Whoever is there for one project has nothing else there.
  if (principal.onlyProjectId !== undefined) return false;
  // A guest looks at an organization, and has nothing of their own in it.
  if (holder === 'anyone') return !principal.isGuest || permission === 'organizations:read';
  return reaches(principal.organizationRole ?? principal.role, holder);
}

/** Whether a principal administers the organization of the request. */
export const administers = ({ role, organizationRole = role, onlyProjectId }: Principal): boolean =>
  organizationRole === 'admin' && onlyProjectId === undefined;
