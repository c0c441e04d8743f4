import type { Principal } from '../../platform/http/principal.js';
import { assertMayChange, assertMayCreate, libraryReachOf } from './library-reach.policy.js';

const principal = (given: Partial<Principal>): Principal => ({
  ...{ userId: 'user_own', organizationId: 'org_a', role: 'editor', memberships: [], scopes: ['*'] },
  ...{ defaultProjectId: undefined, systemRole: 'user', mode: 'live', plan: 'unlimited' },
  credential: { kind: 'user', id: 'user_own', tokenId: 'token_a' },
  ...given,
});

const admin = principal({ userId: 'user_admin', role: 'admin', systemRole: 'admin' });
const viewer = principal({ role: 'viewer' });
const guest = principal({ isGuest: true, onlyProjectId: 'proj_a', role: 'admin' });
/** A viewer of the organization to whom more was opened in one project. */
const lifted = principal({ role: 'admin', organizationRole: 'viewer' });

const own = (visibility: 'private' | 'team') => ({ userId: 'user_own', visibility });
const isAllowed = (work: () => void): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED' });
    return false;
  }
};

describe('what is kept for chats', () => {
  it('is of the team for members alone', () => {
    expect([viewer, admin, lifted].map((who) => libraryReachOf(who).seesTeam)).toEqual([true, true, true]);
    expect(libraryReachOf(guest).seesTeam).toBe(false);
  });

  it.each([
    ['a viewer', viewer, [true, false]],
    ['an editor', principal({}), [true, true]],
    ['a viewer with more in one project', lifted, [true, false]],
    ['a guest', guest, [false, false]],
  ] as const)('is made by %s: private, and for the team', (_, who, expected) => {
    const made = (['private', 'team'] as const).map((to) => isAllowed(() => assertMayCreate(who, to)));
    expect(made).toEqual(expected);
  });

  it.each([
    ['its owner as a viewer', viewer, [true, false, false, false]],
    ['its owner as an editor', principal({}), [true, true, true, true]],
    ['another editor', principal({ userId: 'user_b' }), [false, false, false, false]],
    ['an administrator', admin, [false, false, false, true]],
    ['another with more in one project', { ...lifted, userId: 'user_b' }, [false, false, false, false]],
  ] as const)('is changed by %s: private, published, taken back, and as the team’s', (_, who, expected) => {
    const changed = [
      isAllowed(() => assertMayChange(who, own('private'))),
      isAllowed(() => assertMayChange(who, own('private'), 'team')),
      isAllowed(() => assertMayChange(who, own('team'), 'private')),
      isAllowed(() => assertMayChange(who, own('team'))),
    ];
    expect(changed).toEqual(expected);
  });
});
