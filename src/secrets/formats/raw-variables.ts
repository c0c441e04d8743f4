import type { ParsedVariable, RefusedVariable } from './variable-format.js';

/** What a format's reader gives, before duplicates are settled and the rules for names and values are applied. */
export interface RawVariables {
  /** In the order of the file; a later one of the same key wins. */
  readonly assignments: ParsedVariable[];
  readonly refused: RefusedVariable[];
}

/** A file of which nothing could be read. */
export const unreadable = (reason: string, message: string, line: number | null = null): RawVariables => ({
  assignments: [],
  refused: [{ key: null, line, reason, message }],
});
