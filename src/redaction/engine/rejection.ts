import type { Finding } from './finding.js';

/** Why a span that looked like its type is not reported. */
export type RejectionReason =
  | 'checksum'
  | 'form'
  | 'no-context'
  | 'negative-context'
  | 'score'
  | 'overlapped'
  | 'allowed';

/** A span that a rule saw and that is not reported. Holds what a finding holds; a test it failed is in `explanation`. */
export interface Rejection extends Finding {
  readonly reason: RejectionReason;
  /** Engine type of the finding that stands in its place, of an overlapped one. */
  readonly overlappedBy?: string;
}

const MOST_NOTED = 20_000;

/** The rejections of one search of one value. Notes so many and counts the rest, for any digit may look like something. */
export class RejectionLog {
  readonly noted: Rejection[] = [];
  #omitted = 0;

  get omitted(): number {
    return this.#omitted;
  }

  add(rejection: Rejection): void {
    if (this.noted.length < MOST_NOTED) this.noted.push(rejection);
    else this.#omitted++;
  }
}

/**
 * The rejections that explain a miss, in order: of one span and type the one with the highest score, and none whose span
 * was found to be of its type after all.
 */
export function tellingRejections(
  noted: readonly Rejection[],
  findings: readonly Finding[],
): readonly Rejection[] {
  const sorted = [...noted].sort(
    (a, b) => a.start - b.start || b.end - a.end || a.type.localeCompare(b.type) || b.score - a.score,
  );
  const telling: Rejection[] = [];
  let next = 0;
  for (const rejection of sorted) {
    while ((findings[next]?.end ?? Number.POSITIVE_INFINITY) <= rejection.start) next++;
    const around = findings[next];
    const wasFound =
      around !== undefined &&
      around.type === rejection.type &&
      around.start <= rejection.start &&
      rejection.end <= around.end;
    const last = telling.at(-1);
    const isRepeated =
      last?.start === rejection.start && last.end === rejection.end && last.type === rejection.type;
    if (!wasFound && !isRepeated) telling.push(rejection);
  }
  return telling;
}
