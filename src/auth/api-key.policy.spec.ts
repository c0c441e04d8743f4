import * as fc from 'fast-check';
import { AppError } from '../platform/errors/app-error.js';
import { holds, type Principal } from '../platform/http/principal.js';
import { SCOPES } from './api-key.js';
import { ensureHeld, ensureMayAssign } from './api-key.policy.js';

const principal = (scopes: Principal['scopes'], systemRole: Principal['systemRole'] = 'user'): Principal => ({
  userId: 'user_1',
  organizationId: 'org_1',
  role: 'admin',
  memberships: [],
  defaultProjectId: undefined,
  systemRole,
  mode: 'live',
  scopes,
  plan: 'secureai_standard',
  credential: { kind: 'api_key', id: 'key_1' },
});

const codeOf = (work: () => void): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : 'unexpected';
  }
};

const scopes = fc.subarray([...SCOPES]);

describe('ensureHeld', () => {
  it('lets through exactly those scopes with which a key can do nothing its maker cannot', () => {
    fc.assert(
      fc.property(scopes, scopes, (held, wanted) => {
        const [maker, made] = [principal(held), principal(wanted)];
        const gains = SCOPES.some((scope) =>
          scope === '*'
            ? wanted.includes('*') && !held.includes('*')
            : holds(made, scope) && !holds(maker, scope),
        );
        expect(codeOf(() => ensureHeld(maker, wanted))).toBe(gains ? 'SCOPE_NOT_HELD' : 'none');
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a stored scope that this version no longer knows as held by `*` alone', () => {
    expect(codeOf(() => ensureHeld(principal(['detect']), ['retired']))).toBe('SCOPE_NOT_HELD');
    expect(codeOf(() => ensureHeld(principal(['*']), ['retired']))).toBe('none');
  });
});

describe('ensureMayAssign', () => {
  it.each([
    [{ plan: 'unlimited' }, 'PLAN_NOT_ASSIGNABLE'],
    [{ limits: null }, 'PLAN_NOT_ASSIGNABLE'],
    [{ limits: {} }, 'PLAN_NOT_ASSIGNABLE'],
    [{ plan: undefined, limits: undefined }, 'none'],
  ])('answers %j of a user with %s', (fields, code) => {
    expect(codeOf(() => ensureMayAssign(principal(['*']), fields))).toBe(code);
    expect(codeOf(() => ensureMayAssign(principal(['auth:write'], 'admin'), fields))).toBe('none');
  });
});
