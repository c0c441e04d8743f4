import { RE2JS } from 're2js';

/** Longest pattern, in code units. */
const MOST_PATTERN = 500;

function compiled(pattern: string): RE2JS | undefined {
  if (pattern.length > MOST_PATTERN) return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}

/** Whether a pattern can be checked in a time that grows with the text alone: what nobody trusts may come from anybody. */
export const isUsablePattern = (pattern: string): boolean => compiled(pattern) !== undefined;

/** Patterns for Ajv by RE2. */
export const LINEAR_PATTERNS = Object.assign(
  (pattern: string) => {
    const known = compiled(pattern);
    return { test: (text: string) => known?.test(text) ?? false };
  },
  // Code that Ajv would write into modules that stand alone, of which there are none here.
  { code: 'undefined' },
);
