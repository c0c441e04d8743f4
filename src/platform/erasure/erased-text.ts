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
export async function erasedText(text: string, value: SoughtValue): Promise<string | undefined> {
  const passages = await value.passages(text);
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
export async function erasedJson(json: unknown, value: SoughtValue): Promise<unknown> {
  let found = false;
  const erasedLeaf = async (leaf: string | number): Promise<string | number> => {
    if (typeof leaf === 'number' && leaf < 10 ** (LEAST_DIGITS - 1)) return leaf;
    const erased = await erasedText(String(leaf), value);
    found ||= erased !== undefined;
    return erased ?? leaf;
  };
  const walk = async (part: unknown): Promise<unknown> => {
    if (typeof part === 'string' || typeof part === 'number') return erasedLeaf(part);
    if (typeof part !== 'object' || part === null) return part;
    const left: [string, unknown][] = [];
    for (const [name, item] of Object.entries(part)) left.push([name, await walk(item)]);
    return Array.isArray(part) ? left.map(([, item]) => item) : Object.fromEntries(left);
  };
  const erased = await walk(json);
  return found ? erased : undefined;
}
