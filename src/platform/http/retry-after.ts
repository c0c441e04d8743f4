/** Longest wait that clients are told, in seconds. */
const MOST_SECONDS = 300;
/** What they are told where the server that was asked says nothing. */
const USUAL_SECONDS = 5;

/**
 * Milliseconds that a `Retry-After` asks for (RFC 9110 §10.2.3: seconds or a date); undefined when it says nothing.
 * @param now epoch milliseconds
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The same in whole seconds as clients get it: at least one, and no more than five minutes. */
export const shownSeconds = (ms: number | undefined): number =>
  ms === undefined ? USUAL_SECONDS : Math.min(MOST_SECONDS, Math.max(1, Math.ceil(ms / 1000)));
