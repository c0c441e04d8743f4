import type { ContextPlace } from './context.js';

/**
 * The engine's vocabulary. Types are Presidio's entity names (`PERSON`, `US_SSN`, …) or the name of a custom
 * pattern; scores are on Presidio's scale: 0 to 1, with .4 as the usual threshold.
 */

/** Why a finding has its score. Holds rules and scores only, never text taken from the input. */
export interface Explanation {
  /** The recognizer's stable name, for example `credit-card`. */
  readonly recognizer: string;
  /** The rule or shape within the recognizer, for example `luhn-16`. */
  readonly rule: string;
  /** Outcome of the checksum or structural test; absent when the type has none. */
  readonly validation?: 'passed' | 'failed';
  /** Score before context was weighed. */
  readonly baseScore: number;
  /** The context word that raised or lowered the score, lower-cased, from the engine's own lists. */
  readonly contextWord?: string;
  /** Where that word stands; `column` without a word when most cells of the column are of the type. */
  readonly contextPlace?: ContextPlace;
  /** What a matcher says it has found, by a name of its own. */
  readonly reference?: string;
}

/** One piece of personal data in one value. Offsets are UTF-16 code units within the value, end exclusive. */
export interface Finding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly explanation: Explanation;
}

/** A string to be searched, with what its surroundings say about it (JSON keys, a CSV header). */
export interface Value {
  readonly text: string;
  readonly labels: readonly string[];
  /** Engine types that most cells of the value's column are of. */
  readonly votes?: readonly string[];
  /** One of the cells that are looked at to learn what their column holds. */
  readonly isSample?: boolean;
  /** A JSON key or the header of a column, which as a rule says what stands there. */
  readonly isKey?: boolean;
}

/**
 * Most findings of one value, and of one document: as many objects as a process can hold for several requests at a
 * time. Beyond, the search is refused, since an incomplete one may not be handed out.
 */
export const MOST_FINDINGS = 250_000;
