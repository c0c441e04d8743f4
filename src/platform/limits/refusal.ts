import { type AppError, platformError } from '../errors/app-error.js';
import { limitRefusals } from '../telemetry/metrics.js';
import { type Allowance, secondsOf } from './allowance.js';
import type { LimitDecision } from './limit-storage.js';
import type { WindowName } from './window.js';

/** What refused a request, and for how many seconds it will go on to. */
export interface Refusal {
  readonly by: WindowName | 'concurrent';
  readonly seconds: number;
}

/** A slot may become free at any moment. */
const SLOT_SECONDS = 1;

/** Why a decision refused: of several full windows the one that stays full longest. Undefined when it did not. */
export function refusalOf(decision: LimitDecision): Refusal | undefined {
  if (decision.allowed) return undefined;
  const [longest] = decision.windows
    .filter(({ waitFor }) => waitFor > 0)
    .sort((a, b) => b.waitFor - a.waitFor);
  return longest
    ? { by: longest.name, seconds: secondsOf(longest.waitFor) }
    : { by: 'concurrent', seconds: SLOT_SECONDS };
}

/** The 429 of a refusal, which it counts. */
export function refusalError({ by, seconds }: Refusal, allowance: Allowance): AppError {
  limitRefusals.inc({ plan: allowance.plan, window: by });
  const message =
    by === 'concurrent'
      ? `Too many requests at once: the plan allows ${allowance.slots}. Try again when one of them has ended.`
      : `${reasonOf(by, allowance)} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
  return platformError('RATE_LIMIT_EXCEEDED', { message, retryAfterSeconds: seconds });
}

/** Windows that other requests than the refused ones do not count in say so. */
const COMPLETIONS: { readonly [Name in WindowName]?: string } = {
  completions_minute: 'completions a minute',
  completions_day: 'completions a day',
};

function reasonOf(by: WindowName, { windows }: Allowance): string {
  const counted = COMPLETIONS[by];
  if (counted === undefined) return 'Rate limit exceeded.';
  const limit = windows.find(({ name }) => name === by)?.limit;
  return `Rate limit exceeded: the plan allows ${limit} ${counted}.`;
}
