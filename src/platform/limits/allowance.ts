import type { Principal } from '../http/principal.js';
import type { LimitDecision } from './limit-storage.js';
import { anonymousSubject, subjectOf } from './limit-subject.js';
import { type PlanLimits, type PlanOverrides, withOverrides } from './plan-limits.js';
import { limitsOfPlan, PLANS } from './plans.js';
import type { RouteLimits } from './route-limits.js';
import { type WindowLimit, type WindowName, type WindowState, windowsOf } from './window.js';

/** What a request may, before it is counted. */
export interface Allowance {
  readonly plan: string;
  readonly subject: string;
  /** Numbers of the key's own, already in `slots` and `windows`. */
  readonly overrides: PlanOverrides | undefined;
  readonly windows: readonly WindowLimit[];
  /** Most requests at once; null = unlimited. */
  readonly slots: number | null;
}

/** An allowance together with what its storage decided; nothing was asked where nothing is limited. */
export interface CountedAllowance extends Allowance {
  readonly decision: LimitDecision | undefined;
  /** What refused the request, if anything did. */
  readonly refusedBy: WindowName | 'concurrent' | undefined;
}

/** The allowance of whoever sent a request: a credential's holder, or else an address. */
export function allowanceOf(
  principal: Principal | undefined,
  address: string,
  counts?: RouteLimits['counts'],
): Allowance {
  if (!principal) return limited('anonymous', anonymousSubject(address), PLANS.anonymous, undefined, counts);
  const { plan, limits: overrides } = principal;
  return limited(plan, subjectOf(principal), withOverrides(limitsOfPlan(plan), overrides), overrides, counts);
}

/** The allowance of an address on a route that has a limit of its own. */
export const ownAllowance = (name: string, perMinute: number, address: string): Allowance =>
  limited(
    name,
    `${name}:${anonymousSubject(address)}`,
    withOverrides(PLANS.unlimited, { per_minute: perMinute }),
    undefined,
  );

const limited = (
  plan: string,
  subject: string,
  limits: PlanLimits,
  overrides: PlanOverrides | undefined,
  counts?: RouteLimits['counts'],
): Allowance => ({ plan, subject, overrides, windows: windowsOf(limits, counts), slots: limits.concurrent });

/** Requests that no plan limits: to them counters say the same for ever. */
export const UNCOUNTED: CountedAllowance = {
  ...limited('unlimited', '', PLANS.unlimited, undefined),
  decision: undefined,
  refusedBy: undefined,
};

export const isLimited = ({ windows, slots }: Allowance): boolean => windows.length > 0 || slots !== null;

/** Whole seconds of a time in microseconds, rounded up, since clients wait whole seconds. */
export const secondsOf = (microseconds: number): number => Math.ceil(microseconds / 1_000_000);

/** The window that would refuse first; among equals the one that takes longest to begin anew. */
export const tightest = (windows: readonly WindowState[]): WindowState | undefined =>
  [...windows].sort((a, b) => remainingOf(a) - remainingOf(b) || b.resetsIn - a.resetsIn)[0];

export const remainingOf = ({ limit, used }: WindowState): number => Math.max(0, limit - used);
