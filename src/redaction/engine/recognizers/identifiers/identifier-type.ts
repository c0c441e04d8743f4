import type { ContextWords } from '../../context.js';

/** One way in which a type is written. */
export interface Form {
  /** The form in the language of `template.ts`, for example `A{2}9{6}A`. */
  readonly template: string;
  /** Presidio's scale, without context. */
  readonly score: number;
  /** Score beside a context word; .35 more when absent, and at least .6 after a checksum, .4 without one. */
  readonly withContext?: number;
  /** Score when letters of it are in lower case; `score` when absent. */
  readonly lower?: number;
  /** What the form cannot say, of the characters without separators, in upper case. */
  readonly accepts?: (compact: string) => boolean;
  /** As `accepts`; who asks for explanations is told that it failed. */
  readonly checksum?: (compact: string) => boolean;
  /** Hardly anything else than its type: wins over patterns that overlap it. */
  readonly certain?: true;
  readonly onlyWithContext?: true;
  /** May stand directly behind a word, as in `is030594W903B`. */
  readonly glued?: true;
}

/** A type with all that is to be known of it. */
export interface IdentifierType {
  readonly name: string;
  /** ISO 3166-1 alpha-2; null when it belongs to no country. */
  readonly country: string | null;
  readonly description: string;
  /** An invented value of valid form. */
  readonly example: string;
  readonly context: ContextWords;
  readonly forms: readonly Form[];
}
