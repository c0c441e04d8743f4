import type { AppError } from '../../platform/errors/app-error.js';
import { shownSeconds } from '../../platform/http/retry-after.js';
import { completionsError } from '../completions.errors.js';
import { isObject, type JsonObject } from '../json.js';
import { UpstreamFault } from './upstream-fault.js';

/** Longest text of a model server that is shown. */
const MOST_SHOWN = 300;

/** Statuses by which a server refuses a request for what it is: asking again, or elsewhere, would not help. */
const REFUSALS: readonly number[] = [400, 404, 409, 413, 415, 422];

/** Statuses that may be others the next time. */
const PASSING: readonly number[] = [408, 429, 500, 502, 503, 504];

export const isRefusal = (status: number): boolean => REFUSALS.includes(status);
export const isPassing = (status: number): boolean => PASSING.includes(status);

/** What a client is told of a fault, whose code is for the log. */
export function faultError(fault: UpstreamFault): AppError {
  switch (fault.kind) {
    case 'first_byte':
    case 'idle':
    case 'total':
      return completionsError('UPSTREAM_TIMEOUT', { cause: fault });
    case 'cut':
      return completionsError('UPSTREAM_CUT', { cause: fault });
    case 'connection':
    case 'closed':
    case 'status':
      return completionsError('UPSTREAM_UNAVAILABLE', { cause: fault });
  }
}

/** The same for whatever reading an answer throws: what is no fault is what its reader left for. */
export const readingError = (error: unknown): unknown =>
  error instanceof UpstreamFault ? faultError(error) : error;

/** What a client is told of a status that is neither an answer nor a refusal. */
export function statusError(status: number, waitMs: number | undefined): AppError {
  const cause = UpstreamFault.status(status);
  if (status === 429) {
    return completionsError('UPSTREAM_RATE_LIMITED', { cause, retryAfterSeconds: shownSeconds(waitMs) });
  }
  return completionsError(status === 408 ? 'UPSTREAM_TIMEOUT' : 'UPSTREAM_UNAVAILABLE', { cause });
}

/**
 * What a client is told of a refusal: in the server's own words, where they can be shown.
 * @param body of the answer; undefined when it was too long to be read
 * @param isTelling whether a text gives the server's key away
 */
export function refusalError(
  status: number,
  body: Buffer | undefined,
  isTelling: (text: string) => boolean,
): AppError {
  const { message, param } = errorIn(body);
  const shown = typeof message === 'string' ? shownText(message, isTelling) : undefined;
  const field =
    typeof param === 'string' && /^[a-z]\w{0,63}$/i.test(param) && !isTelling(param) ? param : undefined;
  return completionsError('UPSTREAM_REFUSED', {
    cause: UpstreamFault.status(status),
    ...(shown && { message: `The model server does not take this request: ${shown}` }),
    ...(field && { details: { field, constraint: 'upstream' } }),
  });
}

function errorIn(body: Buffer | undefined): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body?.toString('utf8') ?? '');
    const error = isObject(parsed) ? (parsed.error ?? parsed) : {};
    return isObject(error) ? error : {};
  } catch {
    return {};
  }
}

function shownText(message: string, isTelling: (text: string) => boolean): string | undefined {
  const cut = [...message.slice(0, 2 * MOST_SHOWN)].slice(0, MOST_SHOWN).join('').trim();
  return cut === '' || /\p{C}/u.test(cut) || isTelling(cut) ? undefined : cut;
}
