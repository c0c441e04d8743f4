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

/** A plan's numbers with those of a key in their place. */
export const withOverrides = (limits: PlanLimits, overrides: PlanOverrides = {}): PlanLimits => ({
  ...limits,
  ...overrides,
});
