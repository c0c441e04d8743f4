/**
 * The numbers of a plan. Null means unlimited.
 * `per_second` refills a bucket that holds `burst` requests; the other windows are fixed from their first request.
 */
export interface PlanLimits {
  /** Requests a second in the long run. */
  readonly per_second: number | null;
  /** Most requests at once, when none was sent for a while; `per_second` when null. */
  readonly burst: number | null;
  readonly per_minute: number | null;
  readonly per_hour: number | null;
  /** A day is 24 hours. */
  readonly per_day: number | null;
  /** A month is 30 days. */
  readonly per_month: number | null;
  /** Files sent in a day, beside what other windows say. */
  readonly uploads_per_day: number | null;
  /** Completions in a minute, beside what other windows say: half of `per_minute` unless a key has a number of its own. */
  readonly completions_per_minute: number | null;
  /** The same of a day. */
  readonly completions_per_day: number | null;
  /** Largest file in bytes; that of the server's settings when null. */
  readonly upload_bytes: number | null;
  /** Requests being answered at the same time. */
  readonly concurrent: number | null;
}

/** Numbers that replace those of a plan for one key; a number left out stays the plan's. */
export type PlanOverrides = { readonly [Name in keyof PlanLimits]?: number | null };

/** A bucket is kept to the microsecond, so a rate may be a million a second. */
export const HIGHEST_RATE = 1_000_000;

/** Any other number fits PostgreSQL's and Redis's counters by far. */
export const HIGHEST_LIMIT = 1_000_000_000_000;

/** What there is before anything is limited. */
export const UNLIMITED: PlanLimits = {
  per_second: null,
  burst: null,
  per_minute: null,
  per_hour: null,
  per_day: null,
  per_month: null,
  uploads_per_day: null,
  completions_per_minute: null,
  completions_per_day: null,
  upload_bytes: null,
  concurrent: null,
};

/** Half of a number of requests, and never none. */
const halfOf = (limit: number | null): number | null =>
  limit === null ? null : Math.max(1, Math.floor(limit / 2));

/** A plan's numbers with those of a key in their place. What completions get follows the requests that then hold. */
export function withOverrides(limits: PlanLimits, overrides: PlanOverrides = {}): PlanLimits {
  const numbers = { ...limits, ...overrides };
  const { completions_per_minute: perMinute, completions_per_day: perDay } = overrides;
  return {
    ...numbers,
    completions_per_minute: perMinute === undefined ? halfOf(numbers.per_minute) : perMinute,
    completions_per_day: perDay === undefined ? halfOf(numbers.per_day) : perDay,
  };
}
