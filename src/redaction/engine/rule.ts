import type { ContextWords } from './context.js';

/**
 * Who gives way when findings overlap: what is seen below the usual threshold to everything, names to patterns, patterns to numbers whose checksum is right, and all of
 * them to what the caller asked for (custom patterns, deny list).
 */
export const Rank = {
  Weak: 0,
  Name: 1,
  Pattern: 2,
  Checksum: 3,
  Asked: 4,
} as const;

export type Rank = (typeof Rank)[keyof typeof Rank];

/** One way a recognizer can see its type. Constant; a recognizer reports by naming the rule and the span. */
export interface Rule {
  readonly type: string;
  readonly recognizer: string;
  readonly rule: string;
  /** Presidio's scale, before context. */
  readonly score: number;
  readonly rank: Rank;
  /** Set when the rule implies a checksum or structural test that the span has passed. */
  readonly validation?: 'passed';
  readonly context?: ContextWords;
  /** Reported only where a context word speaks for it. */
  readonly onlyWithContext?: true;
}
