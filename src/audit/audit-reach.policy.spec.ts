import type { Principal } from '../platform/http/principal.js';
import {
  type AuditReach,
  opennessOf,
  reachOfMemberships,
  reachOfOrganization,
  reachOfRoles,
} from './audit-reach.policy.js';

type Reader = Parameters<typeof reachOfRoles>[0];
type Role = Principal['memberships'][number]['role'];

const member = (organizationId: string, role: Role) => ({ organizationId, role });
const reader = (change: Partial<Reader>): Reader => ({
  userId: 'user_me',
  organizationId: 'org_home',
  memberships: [member('org_home', 'viewer')],
  systemRole: 'user',
  mode: 'live',
  ...change,
});
const shape = ({ whole, own, opened }: AuditReach) => ({ whole, own, opened });

const ADMIN_AND_EDITOR = [member('org_home', 'admin'), member('org_other', 'editor')];

describe('what somebody reads of the audit log', () => {
  it.each<[string, Partial<Reader>, object]>([
    ['a viewer: their own part', {}, { whole: [], own: ['org_home'], opened: [] }],
    [
      'an editor elsewhere: their own part there',
      { organizationId: 'org_other', memberships: ADMIN_AND_EDITOR },
      { whole: [], own: ['org_other'], opened: ['org_home'] },
    ],
    [
      'an administrator at home: all of it there, and of no other organization',
      { memberships: ADMIN_AND_EDITOR },
      { whole: ['org_home'], own: [], opened: ['org_home'] },
    ],
    [
      'whoever came by a share or a break-glass: their own part',
      { organizationId: 'org_foreign', memberships: ADMIN_AND_EDITOR },
      { whole: [], own: ['org_foreign'], opened: ['org_home'] },
    ],
  ])('in one organization, %s', (_, change, expected) => {
    expect(shape(reachOfOrganization(reader(change)))).toEqual(expected);
    expect(shape(reachOfRoles(reader(change)))).toEqual(expected);
  });

  it('is the whole instance for its administrators, blindly where they administer nothing', () => {
    const admin = reader({ systemRole: 'admin', memberships: ADMIN_AND_EDITOR });
    expect(shape(reachOfRoles(admin))).toEqual({ whole: 'instance', own: [], opened: ['org_home'] });
    expect(shape(reachOfOrganization(admin)).whole).toEqual(['org_home']);
  });

  it('is never more than the sandbox for test keys', () => {
    const memberships = [member('org_twin', 'admin')];
    const admin = reader({ systemRole: 'admin', mode: 'sandbox', organizationId: 'org_twin', memberships });
    expect(shape(reachOfRoles(admin))).toEqual({ whole: ['org_twin'], own: [], opened: ['org_twin'] });
  });

  it('over all memberships is each by its role', () => {
    const both = reader({ memberships: ADMIN_AND_EDITOR });
    expect(shape(reachOfMemberships(both))).toEqual({
      whole: ['org_home'],
      own: ['org_other'],
      opened: ['org_home'],
    });
    expect(shape(reachOfMemberships(reader({ memberships: [] })))).toEqual({
      whole: [],
      own: [],
      opened: [],
    });
  });
});

describe('the sealed details of an entry', () => {
  const entry = { organizationId: 'org_x', userId: 'user_other', subjectUserId: null };
  const reach = (opened: string[]): AuditReach => ({ userId: 'user_me', whole: 'instance', own: [], opened });

  it.each<[string, AuditReach, object, string]>([
    ['open to administrators of the organization', reach(['org_x']), {}, 'all'],
    ['stay closed to administrators of the instance', reach(['org_home']), {}, 'none'],
    ['open to whoever acted', reach([]), { userId: 'user_me' }, 'all'],
    ['tell the one concerned what was done', reach([]), { subjectUserId: 'user_me' }, 'effect'],
    [
      'tell the one concerned all where nobody knows who acted',
      reach([]),
      { userId: null, subjectUserId: 'user_me' },
      'all',
    ],
    ['stay closed where nobody acted', reach([]), { userId: null }, 'none'],
  ])('%s', (_, reachOf, change, expected) => {
    expect(opennessOf(reachOf, { ...entry, ...change })).toBe(expected);
  });
});
