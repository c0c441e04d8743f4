import { type DisabledReason, HEALTHY, type ReceiverHealth } from '../webhook.js';
import type { Outcome } from './delivery.js';

/** Pauses are up to this share longer, so that what failed together does not come back together. */
const JITTER = 0.1;
/** Longest pause that a receiver's `Retry-After` gets, in milliseconds. */
const MOST_RETRY_AFTER_MS = 86_400_000;
/** Pause of a receiver that asks for less without saying how long; doubles with each time in a row. */
const THROTTLE_MS = 10_000;
const MOST_THROTTLE_MS = 300_000;
/** A receiver for which nothing has succeeded for so long is given up. */
const FAILING_MS = 5 * 86_400_000;
/** So is one for which so many deliveries in a row were. */
const MOST_EXHAUSTED = 20;

/** Statuses of a receiver that has too much to do (Standard Webhooks 1.0.0); 503 where it says until when. */
const isThrottle = ({ status, retryAfterMs }: Outcome): boolean =>
  status === 429 || status === 502 || status === 504 || (status === 503 && retryAfterMs !== undefined);

export interface Circumstances {
  readonly now: Date;
  /** Attempts that failed before this one. */
  readonly failures: number;
  readonly health: ReceiverHealth;
  readonly retrySeconds: readonly number[];
  /** From 0 inclusive to 1 exclusive. */
  readonly random: number;
}

/** What follows from an attempt. */
export interface Verdict {
  readonly status: 'delivered' | 'pending' | 'failed';
  /** Of one that is pending. */
  readonly nextAttemptAt?: Date;
  readonly health: ReceiverHealth;
  /** Set when the webhook is to be disabled. */
  readonly disabled?: DisabledReason;
}

const later = (now: Date, ms: number): Date => new Date(now.getTime() + Math.round(ms));

/** What follows from an attempt, for its delivery and for its webhook. */
export function judge(outcome: Outcome, circumstances: Circumstances): Verdict {
  const { now, failures, health, retrySeconds, random } = circumstances;
  // What a receiver has asked for holds, even if something that was under way has arrived since.
  const isPaused = health.resumeAt !== null && health.resumeAt > now;
  if (outcome.fault === undefined)
    return { status: 'delivered', health: { ...HEALTHY, ...(isPaused && pauseOf(health)) } };
  const pause = retrySeconds[failures];
  const status = pause === undefined || outcome.status === 410 ? 'failed' : 'pending';
  // Requests that were under way together are refused together, which counts once.
  const before = isPaused ? Math.max(0, health.throttles - 1) : health.throttles;
  const throttleMs = throttleOf(outcome, before);
  const retryMs = Math.max((pause ?? 0) * 1000 * (1 + JITTER * random), throttleMs ?? 0);
  const next: ReceiverHealth = {
    failingSince: health.failingSince ?? now,
    exhausted: health.exhausted + (status === 'failed' ? 1 : 0),
    ...(throttleMs === undefined
      ? pauseOf(health)
      : { throttles: before + 1, resumeAt: latest(health.resumeAt, later(now, throttleMs)) }),
  };
  const disabled = outcome.status === 410 ? 'gone' : isGivenUp(next, now) ? 'failing' : undefined;
  return {
    status,
    ...(status === 'pending' && { nextAttemptAt: later(now, retryMs) }),
    health: next,
    ...(disabled && { disabled }),
  };
}

const pauseOf = ({ throttles, resumeAt }: ReceiverHealth) => ({ throttles, resumeAt });

const latest = (a: Date | null, b: Date): Date => (a !== null && a > b ? a : b);

/** @param throttles how often in a row before */
function throttleOf(outcome: Outcome, throttles: number): number | undefined {
  if (!isThrottle(outcome)) return undefined;
  const asked = outcome.retryAfterMs;
  if (asked !== undefined) return Math.min(asked, MOST_RETRY_AFTER_MS);
  return Math.min(THROTTLE_MS * 2 ** Math.min(throttles, 10), MOST_THROTTLE_MS);
}

const isGivenUp = ({ failingSince, exhausted }: ReceiverHealth, now: Date): boolean =>
  exhausted >= MOST_EXHAUSTED ||
  (failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_MS);
