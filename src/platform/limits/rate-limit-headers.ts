import { type Allowance, type CountedAllowance, remainingOf, secondsOf, tightest } from './allowance.js';
import type { WindowLimit } from './window.js';

/** What an unlimited client is told: a number, since clients read one, that never goes down. */
const PLENTY = 1_000_000;
const PLENTY_SECONDS = 3_600;

/** Headers by name, all of them texts. */
export type RateLimitHeaders = Readonly<Record<string, string>>;

/**
 * The rate headers of an answer: `X-RateLimit-*` as the five documents have them (Reset in unix seconds), and
 * `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10. Both speak of the window that would
 * refuse first.
 */
export function rateLimitHeaders(allowance: CountedAllowance, nowMs: number): RateLimitHeaders {
  const { windows, slots, decision, refusedBy } = allowance;
  const clock = Math.floor((decision?.now ?? nowMs * 1_000) / 1_000_000);
  const policy = policyOf(windows, slots);
  const state = decision && tightest(decision.windows);
  if (windows.length === 0) {
    const standing = { limit: PLENTY, remaining: PLENTY, reset: clock + PLENTY_SECONDS };
    if (slots === null) return headersOf(standing, policy, `"unlimited";r=${PLENTY};t=${PLENTY_SECONDS}`);
    return headersOf(standing, policy, concurrentItem(slots, decision?.slotsUsed ?? slots));
  }
  if (!state) return unknownHeaders(windows, policy, clock);
  const seconds = secondsOf(state.resetsIn);
  const standing = { limit: state.limit, remaining: remainingOf(state), reset: clock + seconds };
  const item =
    refusedBy === 'concurrent' && slots !== null
      ? concurrentItem(slots, slots)
      : `"${state.name}";r=${remainingOf(state)};t=${seconds}`;
  return headersOf(standing, policy, item);
}

/** While nobody can count, nothing is let through. */
function unknownHeaders(windows: readonly WindowLimit[], policy: string, clock: number): RateLimitHeaders {
  const limit = Math.min(...windows.map((window) => window.limit));
  return headersOf({ limit, remaining: 0, reset: clock + 1 }, policy, `"${windows[0]?.name}";r=0;t=1`);
}

interface Standing {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

const headersOf = ({ limit, remaining, reset }: Standing, policy: string, item: string) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
  'ratelimit-policy': policy,
  ratelimit: item,
});

const concurrentItem = (slots: number, used: number): string => `"concurrent";r=${Math.max(0, slots - used)}`;

/** `w` of the bucket is the time in which all of it flows in. */
const secondsOfPolicy = ({ name, limit, size }: WindowLimit): number =>
  secondsOf(name === 'second' ? limit * size : size);

function policyOf(windows: readonly WindowLimit[], slots: Allowance['slots']): string {
  const items = windows.map((window) => `"${window.name}";q=${window.limit};w=${secondsOfPolicy(window)}`);
  if (slots !== null) items.push(`"concurrent";q=${slots};qu="concurrent-requests"`);
  return items.join(', ') || `"unlimited";q=${PLENTY};w=${PLENTY_SECONDS}`;
}
