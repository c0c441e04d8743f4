import type { Paragraph } from './paragraphs.js';

const COMPOUND = /\p{L}+(?:-\p{L}+)+/gu;
const LAST_WORD = /[\p{L}\p{M}-]+$/u;
const FIRST_WORD = /^[\p{L}\p{M}]+/u;
const LOWER = /^\p{Ll}/u;

/** The words with a hyphen inside that a document writes within a line, in lower case. */
export function compoundsIn(paragraphs: Iterable<Paragraph>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { lines } of paragraphs) {
    for (const { line } of lines) {
      if (!line.text.includes('-')) continue;
      for (const [word] of line.text.matchAll(COMPOUND)) found.add(word.toLowerCase());
    }
  }
  return found;
}

/** The text of a paragraph: what runs on is one line, and words that the end of a line divides are whole. */
export function textOf({ lines }: Paragraph, compounds: ReadonlySet<string>): string {
  const pieces: string[] = [];
  for (const [index, { line, isJoined }] of lines.entries()) {
    const next = lines[index + 1]?.line;
    pieces.push(line.text);
    if (next === undefined) {
      if (line.isHyphenated) pieces.push('-');
    } else if (line.isHyphenated) pieces.push(keepsHyphen(line.text, next.text, compounds) ? '-' : '');
    else pieces.push(isJoined ? ' ' : '\n');
  }
  return pieces.join('');
}

/**
 * Whether the hyphen at a line's end belongs to the word. It does where not two halves in small letters meet (`COVID-19`,
 * `Anna-Maria`), in a word with more hyphens, and in one that the document writes with a hyphen elsewhere.
 */
function keepsHyphen(before: string, after: string, compounds: ReadonlySet<string>): boolean {
  const first = LAST_WORD.exec(before)?.[0] ?? '';
  const second = FIRST_WORD.exec(after)?.[0] ?? '';
  const last = [...first].at(-1) ?? '';
  if (!LOWER.test(last) || !LOWER.test(second) || first.includes('-')) return true;
  return compounds.has(`${first}-${second}`.toLowerCase());
}
