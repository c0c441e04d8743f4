import type { PlanLimits } from './plan-limits.js';
import type { RouteLimits } from './route-limits.js';

/** The windows that every request counts in, as far as its plan has them. */
export const REQUEST_WINDOWS = ['second', 'minute', 'hour', 'day', 'month'] as const;

/** All windows a plan may have, in the order in which storages keep them. The first is a bucket, the others are fixed. */
export const WINDOW_NAMES = [...REQUEST_WINDOWS, 'uploads', 'completions_minute', 'completions_day'] as const;
export type WindowName = (typeof WINDOW_NAMES)[number];

/** One limit of a plan as storages see it. */
export interface WindowLimit {
  readonly name: WindowName;
  /** Requests the window lets through; of the bucket, its capacity. */
  readonly limit: number;
  /**
   * Length in microseconds; of the bucket, the time in which one request flows in, rounded up so that no rounding
   * ever lets more through.
   */
  readonly size: number;
}

/** A window's state after a decision, as its storage's clock sees it. */
export interface WindowState extends WindowLimit {
  readonly used: number;
  /** Until everything that is used is free again, in microseconds. */
  readonly resetsIn: number;
  /** Until the next request passes, in microseconds; 0 when it would pass now. */
  readonly waitFor: number;
}

const SECOND = 1_000_000;
const SIZES = {
  minute: 60 * SECOND,
  hour: 3_600 * SECOND,
  day: 86_400 * SECOND,
  month: 30 * 86_400 * SECOND,
  uploads: 86_400 * SECOND,
  completions_minute: 60 * SECOND,
  completions_day: 86_400 * SECOND,
} as const;

/** Windows that must outlive every cache: kept in the database always. */
export const isLong = ({ name, size }: WindowLimit): boolean => name !== 'second' && size >= SIZES.day;

/** The windows of a plan, shortest first; none when nothing is limited. `counts` adds those that are not every route's. */
export function windowsOf(
  { per_second: rate, burst, ...rest }: PlanLimits,
  counts?: RouteLimits['counts'],
): WindowLimit[] {
  const bucket = rate === null ? [] : [bucketOf(rate, burst ?? rate)];
  const { per_minute, per_hour, per_day, per_month, uploads_per_day } = rest;
  const fixed = [
    fixedOf('minute', per_minute),
    fixedOf('hour', per_hour),
    fixedOf('day', per_day),
    fixedOf('month', per_month),
    counts === 'uploads' ? fixedOf('uploads', uploads_per_day) : [],
    counts === 'completions' ? fixedOf('completions_minute', rest.completions_per_minute) : [],
    counts === 'completions' ? fixedOf('completions_day', rest.completions_per_day) : [],
  ];
  return [...bucket, ...fixed.flat()];
}

const bucketOf = (rate: number, burst: number): WindowLimit => ({
  name: 'second',
  limit: burst,
  size: Math.ceil(SECOND / rate),
});

const fixedOf = (name: keyof typeof SIZES, limit: number | null): WindowLimit[] =>
  limit === null ? [] : [{ name, limit, size: SIZES[name] }];

/** What storages keep of a window: requests counted, and the microsecond at which it ends. */
export interface StoredWindow {
  readonly count: number;
  readonly end: number;
}

/**
 * Reads a stored window.
 * The bucket is kept as the generic cell rate algorithm does (ITU-T I.371): `end` is the theoretical arrival time, the
 * moment at which it would be full again, so that one integer says everything and nothing ever has to be refilled.
 */
export function stateOf(window: WindowLimit, { count, end }: StoredWindow, now: number): WindowState {
  if (window.name === 'second') return bucketState(window, Math.max(0, end - now));
  const open = end > now;
  const used = open ? count : 0;
  const resetsIn = open ? end - now : window.size;
  return { ...window, used, resetsIn, waitFor: used >= window.limit ? resetsIn : 0 };
}

function bucketState(window: WindowLimit, resetsIn: number): WindowState {
  const { limit, size } = window;
  const used = Math.min(limit, Math.ceil(resetsIn / size));
  return { ...window, used, resetsIn, waitFor: Math.max(0, resetsIn + size - limit * size) };
}
