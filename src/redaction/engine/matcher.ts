/** Where a matcher has found something. Offsets are UTF-16 code units, end exclusive; matches may overlap. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** What stands for the thing found in explanations; whoever made the matcher knows what it means. */
  readonly reference?: string;
}

/**
 * Finds what no recognizer knows: texts that somebody else has told it, for example. What it finds ranks with what callers
 * ask for: it gives way to nothing weaker, has score 1, and no allow list, threshold or label changes it. What else it meets
 * while it searches it may count for whoever made it.
 */
export interface Matcher {
  /** Engine name of what it finds. */
  readonly type: string;
  /** Its own stable name, in explanations. */
  readonly recognizer: string;
  /** Length of the shortest text it can find; shorter values are never shown to it. */
  readonly shortest: number;
  /** Finds its type even where a search is limited to others. */
  readonly always: boolean;
  /** Yields about every 32 Ki steps, so that other work is let in. */
  find(text: string): Generator<void, readonly Match[]>;
}
