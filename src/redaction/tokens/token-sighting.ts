import { isAlphanumeric } from '../engine/characters.js';
import { readCode } from './token-form.js';

/** Shortest run of letters and digits worth a look: half a code. */
const SHORTEST_RUN = 8;
/** Longest type, and the character before it. */
const LONGEST_HEAD = 65;
/** Characters looked at between two chances to give way. */
const WINDOW = 65_536;
const RUNS = new RegExp(`[0-9A-Za-z]{${SHORTEST_RUN},}`, 'g');

/** A run of letters and digits that might be the code of a token, and what stands before it. */
export interface Sighting {
  /** Letters, digits and underscores before the separator; may begin with more than the type. */
  readonly head: string;
  /** The one character between head and run. */
  readonly separator: string;
  readonly run: string;
  /** Where the run begins and ends, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** The code in capitals, when head, separator and run have the form of a token. */
  readonly code: string | undefined;
}

/**
 * Every place of a text that is, or resembles, a token, in order; none overlaps another. Linear in the text's length;
 * hands over a batch for every 64 KiB, so that the caller can give way.
 */
export function* sightTokens(text: string): Generator<Sighting[], undefined> {
  for (let from = 0; from < text.length; ) {
    const to = borderAfter(text, from + WINDOW);
    const found: Sighting[] = [];
    for (const { index, 0: run } of text.slice(from, to).matchAll(RUNS)) {
      const sighting = sightingAt(text, from + index, run);
      if (sighting) found.push(sighting);
    }
    yield found;
    from = to;
  }
}

/** The first position from `at` on that cuts no run. */
function borderAfter(text: string, at: number): number {
  let border = Math.min(at, text.length);
  while (border < text.length && isAlphanumeric(text.charCodeAt(border))) border++;
  return border;
}

function sightingAt(text: string, start: number, run: string): Sighting | undefined {
  const end = start + run.length;
  let from = start - 1;
  while (from > 0 && start - from <= LONGEST_HEAD && isHead(text.charCodeAt(from - 1))) from--;
  const head = text.slice(Math.max(0, from), Math.max(0, start - 1));
  if (head === '') return undefined;
  const separator = text.charAt(start - 1);
  return { head, separator, run, start, end, code: separator === '-' ? readCode(run) : undefined };
}

const isHead = (code: number): boolean => isAlphanumeric(code) || code === 95;

/** Whether the head ends in the type, as a word of its own. */
export function endsInType(head: string, type: string): boolean {
  if (!head.toUpperCase().endsWith(type.toUpperCase())) return false;
  const before = head.length - type.length - 1;
  return before < 0 || !isAlphanumeric(head.charCodeAt(before));
}
