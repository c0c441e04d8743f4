import type { PlanOverrides } from '../limits/plan-limits.js';
import type { Permission } from './permission.js';

/** Who is asking: made by the authenticator, read by the guard and by services. Knows tenants as opaque ids only. */
export interface Principal {
  readonly userId: string;
  /** The home organization: the tenant of everything a request without `organization` touches. */
  readonly organizationId: string;
  readonly defaultProjectId: string | undefined;
  readonly systemRole: 'pending' | 'user' | 'admin';
  readonly mode: 'live';
  /** `'*'` stands for every permission of the holder's roles. */
  readonly scopes: readonly (Permission | '*')[];
  readonly plan: string;
  /** Numbers of the credential's own in place of its plan's. */
  readonly limits?: PlanOverrides | undefined;
  /** Networks the credential is limited to; none when it may be used from anywhere. */
  readonly allowedNetworks?: readonly string[];
  readonly credential: { readonly kind: 'api_key'; readonly id: string };
}

/** Whether a principal's scopes cover a permission. */
export const holds = (principal: Principal, permission: Permission): boolean =>
  principal.scopes.includes('*') || principal.scopes.includes(permission);
