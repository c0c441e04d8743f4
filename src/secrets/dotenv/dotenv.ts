export interface DotenvEntry {
  readonly key: string;
  readonly value: string;
  /** Where the assignment begins, counted from 1. */
  readonly line: number;
}

export type DotenvReason = 'NO_ASSIGNMENT' | 'KEY_INVALID' | 'QUOTE_UNTERMINATED' | 'TEXT_AFTER_QUOTE';

export interface RefusedLine {
  /** Null where no name could be made out. */
  readonly key: string | null;
  readonly line: number;
  readonly reason: DotenvReason;
  /** Says what to change; never holds the value. */
  readonly message: string;
}

export interface ParsedDotenv {
  /** In the order of the file, duplicates and all. */
  readonly entries: DotenvEntry[];
  readonly refused: RefusedLine[];
}
