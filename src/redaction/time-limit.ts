/** A document took longer than its policy allows. Public text: it says what to change. */
export class DocumentTimeLimitError extends Error {
  override readonly name = 'DocumentTimeLimitError';

  constructor(seconds: number) {
    super(
      `Processing took longer than the policy's timeout of ${seconds} s. Send less at once, or raise it.`,
    );
  }
}

/** What can be told to stop, as long work asks for it: anew at every pause. */
export interface Stoppable {
  readonly signal: () => AbortSignal;
}

/**
 * The same, but stopped too once the limit has passed since this call; the reason is then a
 * {@link DocumentTimeLimitError}. No timer is left behind: the clock is read at the pauses.
 */
export function withTimeLimit(
  { signal }: Stoppable,
  seconds: number | undefined,
  now: () => number = () => performance.now(),
): Stoppable {
  if (seconds === undefined) return { signal };
  const end = now() + seconds * 1000;
  return {
    signal: () => (now() < end ? signal() : AbortSignal.abort(new DocumentTimeLimitError(seconds))),
  };
}
