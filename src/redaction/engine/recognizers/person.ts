import { isDigit, isLetter, isUpper, isWord } from '../characters.js';
import { cueAfter, cueBefore, type NameCue } from '../names/name-cues.js';
import { type NameToken, readNameRun } from '../names/name-run.js';
import { continues, nameScore } from '../names/name-score.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';

const BASE = { type: 'PERSON', recognizer: 'person', rank: Rank.Name };
const FULL_NAME: Rule = { ...BASE, rule: 'full-name', score: 0.85 };
const SINGLE_NAME: Rule = { ...BASE, rule: 'single-name', score: 0.5 };
const TITLED_NAME: Rule = { ...BASE, rule: 'titled-name', score: 0.85 };

const SUFFIX = /,? (?:Jr\.?|Sr\.?|II|III|IV|Ph\.?D\.?|M\.?D\.?|DDS|DVM|Esq\.?|CPA|RN|MBA)(?![\p{L}\d])/uy;

interface Part {
  /** First token of the name and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly titled: boolean;
}

/**
 * Names of people in a run of capitalised words, from name lists, the shape of the run and cues around it. Reads
 * the run once and remembers its end.
 */
export function recognizePerson(scan: Scan, start: number): void {
  if (start < scan.seen.name || !scan.wants('PERSON')) return;
  const tokens = readNameRun(scan.text, start);
  const end = tokens.at(-1)?.end ?? start;
  scan.seen.name = end;
  scan.steps += end - start;
  let at = 0;
  while (at < tokens.length) {
    const part = namePartAt(tokens, at);
    if (part === undefined) at++;
    else {
      reportPart(scan, tokens, part);
      at = part.to;
    }
  }
}

function namePartAt(tokens: readonly NameToken[], at: number): Part | undefined {
  const titled = tokens[at]?.kind === 'T' && at + 1 < tokens.length;
  const from = titled ? at + 1 : at;
  const first = tokens[from]?.kind;
  if (
    first === undefined ||
    first === 'C' ||
    first === 'E' ||
    first === 'e' ||
    first === 'P' ||
    first === 'T'
  )
    return undefined;
  let to = from + 1;
  while (to < tokens.length && to - from < 5) {
    const next = tokens[to]?.kind;
    if (next === undefined || !continues(first, next)) break;
    to++;
  }
  while (to - from > 1 && tokens[to - 1]?.kind === 'P') to--;
  return dropWordInFront(tokens, { from, to, titled });
}

/** `Contact John Smith`: a word that is a rare name gives way when a full name follows it. */
function dropWordInFront(tokens: readonly NameToken[], part: Part): Part | undefined {
  const kinds = tokens.slice(part.from, part.to).map(({ kind }) => kind);
  if (part.titled || kinds.length < 3) return part;
  const [first = 'C', second = 'C'] = kinds;
  const weakFront = first === 'c' || first === 'U' || first === 'l' || first === 'f';
  return weakFront && second === 'F' ? undefined : part;
}

function reportPart(scan: Scan, tokens: readonly NameToken[], { from, to, titled }: Part): void {
  const name = tokens.slice(from, to);
  const first = name[0];
  const last = name.at(-1);
  if (first === undefined || last === undefined) return;
  const base = shapeScore(scan.text, tokens, from, to);
  const end = withSuffix(scan.text, last.end);
  if (titled) {
    if (first.kind !== 'I' || name.length > 1) scan.note(TITLED_NAME, first.start, end, 0.85);
    return;
  }
  if (base <= 0) return;
  const rule = name.length === 1 ? SINGLE_NAME : FULL_NAME;
  const cue = base >= 0.85 ? undefined : cueAround(scan.text, first.start, last);
  scan.note({ ...rule, score: base }, first.start, end, withCue(base, cue, name.length), cue?.word);
}

/** Behind a generational or academic suffix, when one follows. */
function withSuffix(text: string, end: number): number {
  const next = text.charCodeAt(end);
  if (next !== 32 && next !== 44) return end;
  SUFFIX.lastIndex = end;
  return SUFFIX.test(text) ? SUFFIX.lastIndex : end;
}

/** What the words are worth, less when they stand in a longer heading or begin a sentence. */
function shapeScore(text: string, tokens: readonly NameToken[], from: number, to: number): number {
  const kinds = tokens.slice(from, to).map(({ kind }) => kind);
  let score = nameScore(kinds);
  const next = tokens[to]?.kind;
  if (next === 'E' || next === 'e') return 0;
  const inHeading =
    next === 'C' ||
    next === 'c' ||
    (from > 1 && tokens[from - 1]?.kind === 'C') ||
    tokens[from - 1]?.kind === 'E';
  if (inHeading) score -= kinds.length === 1 ? 0.3 : 0.15;
  const token = tokens[from];
  const last = tokens[to - 1];
  if (token !== undefined && last !== undefined && isInAddress(text, token.start, last.end)) score -= 0.35;
  if (kinds.length === 1 && token !== undefined) score += singleBonus(text, token);
  return Math.round(score * 100) / 100;
}

/** A house number stands before or behind: `12 Herman Street`, `Via Bernardino Rota 130`. */
function isInAddress(text: string, start: number, end: number): boolean {
  const before =
    text.charCodeAt(start - 1) === 32 &&
    isDigit(text.charCodeAt(start - 2)) &&
    !/\b(?:19|20)\d\d $/.test(text.slice(Math.max(0, start - 6), start));
  return before || (text.charCodeAt(end) === 32 && isDigit(text.charCodeAt(end + 1)));
}

/** A single family name counts more within a sentence, any single name less in capitals. */
function singleBonus(text: string, token: NameToken): number {
  if (isShout(text, token)) return -0.2;
  const before = text.charCodeAt(token.start - 2);
  return token.kind === 'L' && text.charCodeAt(token.start - 1) === 32 && isLetter(before) ? 0.1 : 0;
}

function isShout(text: string, { start, end }: NameToken): boolean {
  return end - start > 1 && isUpper(text.charCodeAt(start + 1));
}

function cueAround(text: string, start: number, last: NameToken): NameCue | undefined {
  const before = cueBefore(text, start);
  if (before !== undefined) return before;
  const after = cueAfter(text, last.end);
  if (after !== undefined) return after;
  return last.possessive && !isWord(text.charCodeAt(last.end + 2))
    ? { word: "'s", strength: 'weak' }
    : undefined;
}

function withCue(base: number, cue: NameCue | undefined, words: number): number {
  if (cue === undefined) return base;
  if (cue.strength === 'strong') return Math.max(base, Math.min(0.85, Math.max(0.6, base + 0.35)));
  if (cue.strength === 'weak')
    return Math.min(0.85, Math.round((base + (words === 1 ? 0.2 : 0.25)) * 100) / 100);
  return Math.max(0, Math.round((base - (words === 1 ? 0.2 : 0.1)) * 100) / 100);
}
