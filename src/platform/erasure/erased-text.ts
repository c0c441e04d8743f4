import type { Passage, SoughtValue } from './sought-value.js';

/** Stands where a value was erased. */
export const ERASED = '[ERASED]';
/** U+2588 FULL BLOCK: one code unit and one code point. */
const BLOCK = '█';

const replaced = (
  text: string,
  passages: readonly Passage[],
  blankOf: (passage: string) => string,
): string => {
  let result = '';
  let from = 0;
  for (const { start, end } of passages) {
    result += text.slice(from, start) + blankOf(text.slice(start, end));
    from = end;
  }
  return result + text.slice(from);
};

/** The text with {@link ERASED} wherever the value stood; undefined when it stands nowhere. */
export function erasedText(text: string, value: SoughtValue): string | undefined {
  const passages = value.passages(text);
  return passages.length === 0 ? undefined : replaced(text, passages, () => ERASED);
}

/**
 * The same with a block for each character, so that offsets into the text stay true, in code units and in code points. A
 * character of two code units stays in its place as U+1F7E5, which has two as well.
 */
export const blankedText = (text: string, passages: readonly Passage[]): string =>
  replaced(text, passages, (passage) =>
    Array.from(passage, (character) => (character.length === 2 ? '\u{1f7e5}' : BLOCK)).join(''),
  );

/** Shorter numbers are settings and offsets, which nobody means. */
const LEAST_DIGITS = 7;

/** A JSON value with every text in it erased, names of members apart; undefined when the value stands nowhere. */
export function erasedJson(json: unknown, value: SoughtValue): unknown {
  let found = false;
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const erased = erasedText(part, value);
      found ||= erased !== undefined;
      return erased ?? part;
    }
    if (
      typeof part === 'number' &&
      part >= 10 ** (LEAST_DIGITS - 1) &&
      value.passages(String(part)).length > 0
    ) {
      found = true;
      return ERASED;
    }
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, walk(item)]));
  };
  const erased = walk(json);
  return found ? erased : undefined;
}
