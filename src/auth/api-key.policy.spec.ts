import * as fc from 'fast-check';
import { AppError } from '../platform/errors/app-error.js';
import { holds, type Principal } from '../platform/http/principal.js';
import { SCOPES } from './api-key.js';
import { endOfLife, ensureHeld, ensureMayAssign } from './api-key.policy.js';

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
        // Of administrators of the instance, whose role lets them do whatever their key does.
        const [maker, made] = [principal(held, 'admin'), principal(wanted, 'admin')];
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

describe('endOfLife', () => {
  const from = new Date('2026-03-01T00:00:00Z');
  const day = (number: number): Date => new Date(from.getTime() + number * 86_400_000);
  const codeFor = (asked: Date | null | undefined, days: number | null): string =>
    codeOf(() => void endOfLife(asked, days, from));

  it('leaves keys as they were asked for where nothing limits them', () => {
    expect(endOfLife(undefined, null, from)).toBeNull();
    expect(endOfLife(null, null, from)).toBeNull();
    expect(endOfLife(day(9_999), null, from)).toEqual(day(9_999));
  });

  it('gives who says nothing the longest life, and nobody a longer one', () => {
    expect(endOfLife(undefined, 10, from)).toEqual(day(10));
    expect(endOfLife(day(10), 10, from)).toEqual(day(10));
    expect(endOfLife(day(1), 10, from)).toEqual(day(1));
    expect([codeFor(day(11), 10), codeFor(null, 10)]).toEqual(['VALIDATION_ERROR', 'VALIDATION_ERROR']);
  });
});
