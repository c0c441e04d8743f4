import * as fc from 'fast-check';
import { ORGANIZATION_ROLES, PERMISSION_TABLE, PERMISSIONS } from './permission.js';
import { administers, holds, type Principal } from './principal.js';

/** What a share opens: whatever else there is belongs to the whole organization, or to the caller alone. */
const OF_THE_ORGANIZATION = [
  'chat:publish',
  'tools:read',
  'tools:write',
  'crypto:write',
  'erasures:read',
  'erasures:write',
  'webhooks:read',
  'webhooks:write',
  'auth:read',
  'auth:write',
  'api_keys:read',
  'api_keys:write',
  'organizations:read',
  'organizations:write',
  'organizations:manage',
] as const;

const principal = (more: Partial<Principal>): Principal => ({
  userId: 'user_1',
  organizationId: 'org_1',
  role: 'viewer',
  memberships: [],
  defaultProjectId: undefined,
  systemRole: 'user',
  mode: 'live',
  scopes: ['*'],
  plan: 'unlimited',
  credential: { kind: 'user', id: 'user_1', tokenId: 'tok_1' },
  ...more,
});

describe('who is somewhere for one project', () => {
  const roles = fc.constantFrom(...ORGANIZATION_ROLES);

  it('holds nothing of the organization, whatever their role in the project', () => {
    for (const role of ORGANIZATION_ROLES) {
      const guest = principal({ role, onlyProjectId: 'proj_1' });
      expect(OF_THE_ORGANIZATION.filter((permission) => holds(guest, permission))).toEqual([]);
      expect(administers(guest)).toBe(false);
      expect(holds(guest, 'files:read')).toBe(true);
    }
  });

  it('holds as a member what the membership gives for the organization, and the wider role in the project', () => {
    fc.assert(
      fc.property(roles, roles, fc.constantFrom(...PERMISSIONS), (role, organizationRole, permission) => {
        const raised = principal({ role, organizationRole });
        const isWhole = OF_THE_ORGANIZATION.some((one) => one === permission);
        const plain = principal({ role: isWhole ? organizationRole : role });
        expect(holds(raised, permission)).toBe(holds(plain, permission));
        expect(administers(raised)).toBe(organizationRole === 'admin');
      }),
    );
  });
});

describe('who is in an organization without being a member', () => {
  it('looks at it, and has nothing of their own in it', () => {
    const guest = principal({ role: 'viewer', isGuest: true });
    const own = PERMISSIONS.filter((permission) => PERMISSION_TABLE[permission].holder === 'anyone');
    expect(own.filter((permission) => holds(guest, permission))).toEqual(['organizations:read']);
    expect(own.filter((permission) => !holds(principal({}), permission))).toEqual([]);
    expect(holds(guest, 'files:read')).toBe(true);
  });
});
