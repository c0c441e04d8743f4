import type { TaggedType } from './labels.js';
import { Shape, type Tokens } from './tokens.js';

const FULL_STOP = 46;
/** Signs with which a line of an address may begin, beside those that mark the lines of a list or a quotation. */
const SIGNS_OF_ADDRESSES = /[,;:.()'"’/#&]/;
const LONGEST_TITLE = 5;
const ABBREVIATIONS = new Set('Jr Sr jr sr Inc Ltd Co Corp Bros Esq'.split(' '));

/**
 * The last token of an entity that the tagger lets end at `last`: without signs and line ends, and of a person in one script.
 */
export function lastTokenOf(
  text: string,
  tokens: Tokens,
  type: TaggedType,
  from: number,
  last: number,
): number {
  let end = last;
  while (end > from && (isLoose(text, tokens, end) || (type !== 'ADDRESS' && isLetter(tokens, end)))) end--;
  return type === 'PERSON' ? inOneScript(text, tokens, from, end) : end;
}

/** Where an entity with this last token ends: behind the full stop of an abbreviation (`Dr.`, `Jr.`, `Inc.`). */
export function endOf(text: string, tokens: Tokens, type: TaggedType, last: number): number {
  const end = tokens.ends[last] as number;
  if (text.charCodeAt(end) !== FULL_STOP) return end;
  const start = tokens.starts[last] as number;
  const isShort = type === 'TITLE' ? end - start <= LONGEST_TITLE : ABBREVIATIONS.has(text.slice(start, end));
  return isShort ? end + 1 : end;
}

/** The last token before letters of another script, of which no name goes on. */
function inOneScript(text: string, tokens: Tokens, from: number, last: number): number {
  const script = scriptOf(text.charCodeAt(tokens.starts[from] as number));
  for (let i = from + 1; i <= last; i++) {
    const isWord = (tokens.shapes[i] as number) < Shape.Digits;
    if (isWord && scriptOf(text.charCodeAt(tokens.starts[i] as number)) !== script) return i - 1;
  }
  return last;
}

/** One small letter, which ends no name. */
const isLetter = ({ shapes }: Tokens, token: number): boolean => shapes[token] === Shape.LowerInitial;

/** A line end or a sign at the end of an entity, but for the full stop of an abbreviation. */
function isLoose(text: string, { shapes, starts, ends }: Tokens, token: number): boolean {
  const shape = shapes[token] as number;
  if (shape < Shape.Newline) return false;
  if (shape !== Shape.Sign || text.charCodeAt(starts[token] as number) !== FULL_STOP) return true;
  return (ends[token - 1] as number) - (starts[token - 1] as number) > 4;
}

/** Whether a token is the end of a line, and the next one a mark with which another begins. */
export function isMarkedLine(text: string, { shapes, starts }: Tokens, token: number): boolean {
  if (shapes[token] !== Shape.Newline || shapes[token + 1] !== Shape.Sign) return false;
  return !SIGNS_OF_ADDRESSES.test(text.charAt(starts[token + 1] as number));
}

/** Letters of Latin, Greek, Cyrillic and, of the others, about each alphabet by itself. */
function scriptOf(code: number): number {
  if (code < 0x370 || (code >= 0x1e00 && code < 0x1f00)) return 0;
  if (code < 0x400) return 1;
  return code < 0x530 ? 2 : 3 + (code >> 7);
}
