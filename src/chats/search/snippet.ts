import { foldCharacter } from './folding.js';

/** Length of a passage in code points, unless what was found is longer. */
const LENGTH = 160;
/** Code points before what was found, at most. */
const LEAD = 50;

/** Half-open, in code points. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

/** A passage of a text, and where in it what was searched stands. */
export interface Snippet {
  readonly text: string;
  readonly highlights: readonly Highlight[];
}

/**
 * The passage around the first of the wanted terms: about 160 code points, cut between words where there are any, white space
 * as single spaces. All terms in it are highlighted whole, with the marks of their last letter.
 * @param wanted some of the terms; all of them are as they are compared
 */
export function snippetOf(text: string, terms: readonly string[], wanted: readonly string[]): Snippet {
  const characters = [...text.replaceAll(/\s+/gu, ' ').trim()];
  const hits = hitsIn(characters, terms);
  const first = hitsIn(characters, wanted)[0] ?? { start: 0, end: 0 };
  const { start, end } = windowAround(characters, first);
  return {
    text: characters.slice(start, end).join(''),
    highlights: joined(hits.filter((hit) => hit.start >= start && hit.end <= end)).map((hit) => ({
      start: hit.start - start,
      end: hit.end - start,
    })),
  };
}

/** Where the terms stand, in order. */
function hitsIn(characters: readonly string[], terms: readonly string[]): Highlight[] {
  const origins: number[] = [];
  let comparable = '';
  for (const [index, character] of characters.entries()) {
    const part = foldCharacter(character);
    if (part === ' ' && comparable.endsWith(' ')) continue;
    comparable += part;
    for (let unit = 0; unit < part.length; unit++) origins.push(index);
  }
  const hits: Highlight[] = [];
  for (const term of terms) {
    for (let at = comparable.indexOf(term); at !== -1; at = comparable.indexOf(term, at + term.length)) {
      const start = origins[at] ?? 0;
      const last = origins[at + term.length - 1] ?? start;
      hits.push({ start, end: afterMarks(characters, last + 1) });
    }
  }
  return hits.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Those that touch as one. */
function joined(hits: readonly Highlight[]): Highlight[] {
  const apart: Highlight[] = [];
  for (const hit of hits) {
    const before = apart.at(-1);
    if (before && hit.start <= before.end)
      apart[apart.length - 1] = { start: before.start, end: Math.max(before.end, hit.end) };
    else apart.push(hit);
  }
  return apart;
}

function windowAround(characters: readonly string[], first: Highlight): Highlight {
  const { length } = characters;
  if (length <= LENGTH) return { start: 0, end: length };
  const start = Math.max(0, Math.min(first.start - LEAD, length - LENGTH));
  const end = Math.min(length, Math.max(first.end, start + LENGTH));
  return { start: wordStart(characters, start, first.start), end: wordEnd(characters, end, first.end) };
}

/** The beginning of a word at or after a place, if there is one up to the limit; never a mark without its letter. */
function wordStart(characters: readonly string[], place: number, limit: number): number {
  if (place === 0 || characters[place - 1] === ' ') return place;
  const space = characters.indexOf(' ', place);
  return space !== -1 && space < limit ? space + 1 : Math.min(limit, afterMarks(characters, place));
}

/** The end of a word at or before a place, if there is one down to the limit; never a letter without its marks. */
function wordEnd(characters: readonly string[], place: number, limit: number): number {
  if (place >= characters.length || characters[place] === ' ') return place;
  const space = characters.lastIndexOf(' ', place);
  return space >= limit ? space : afterMarks(characters, place);
}

function afterMarks(characters: readonly string[], place: number): number {
  let end = place;
  while (end < characters.length && foldCharacter(characters[end] ?? '') === '') end++;
  return end;
}
