import {
  type Holder,
  isLiveOnly,
  PERMISSION_TABLE,
  PERMISSIONS,
  type Permission,
  type Scope,
} from '../../platform/http/permission.js';
import { holds, type Membership, type Principal } from '../../platform/http/principal.js';

/** A row of the table, and whether somebody holds it where they are. */
export interface ListedPermission {
  readonly permission: Permission;
  readonly scope: Scope;
  readonly holder: Holder;
  readonly liveOnly: boolean;
  readonly held: boolean;
}

/** The whole table as it is for a principal. */
export const permissionsOf = (principal: Principal): ListedPermission[] =>
  PERMISSIONS.map((permission) => ({
    permission,
    ...PERMISSION_TABLE[permission],
    liveOnly: isLiveOnly(permission),
    held: holds(principal, permission),
  }));

/** What a user may in an organization, by credentials that are limited to nothing. */
export interface EffectivePermissions extends Membership {
  readonly permissions: readonly Permission[];
}

/** The part of a principal that decides what its user may. */
export type PermissionHolder = Pick<Principal, 'userId' | 'systemRole' | 'memberships'>;

const principalOf = (user: PermissionHolder, membership?: Membership): Principal => ({
  ...user,
  organizationId: membership?.organizationId ?? '',
  role: membership?.role,
  defaultProjectId: undefined,
  mode: 'live',
  scopes: ['*'],
  plan: '',
  credential: { kind: 'user', id: user.userId, tokenId: '' },
});

const heldBy = (principal: Principal): Permission[] => PERMISSIONS.filter((name) => holds(principal, name));

/** What a user may wherever they are, and in each of their organizations. */
export const effectivePermissions = (user: PermissionHolder) => ({
  everywhere: heldBy(principalOf(user)),
  organizations: user.memberships.map(
    (membership): EffectivePermissions => ({
      ...membership,
      permissions: heldBy(principalOf(user, membership)),
    }),
  ),
});
