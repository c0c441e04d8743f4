import { isAlphanumeric, isDigit } from '../../characters.js';
import { Rank, type Rule } from '../../rule.js';
import type { Scan } from '../../scan.js';
import { NearbyWords } from '../nearby-words.js';
import { LABELS, type LabelRule } from './labels.js';

const SCORE = 0.6;
const LONGEST_LABEL = 48;
const LONGEST_VALUE = 40;
const LEAST_DIGITS = 3;
/** `3 C 482/24` after its label: a chamber and a register before the number. */
const FILE_NUMBER = /(?:(?:\d{1,3}|[IVX]{1,5}) )?\p{Lu}[\p{L}]{0,4} \d{1,5}\/\d{2,4}(?![\p{L}\d])/uy;

const RULES: readonly { readonly rule: Rule; readonly told: LabelRule }[] = LABELS.map((told) => ({
  rule: { type: told.type, recognizer: 'labelled-number', rule: 'label', score: 0.1, rank: Rank.Pattern },
  told,
}));

const WORDS = new NearbyWords(LABELS.flatMap(({ words }) => words));
const KEYS = new NearbyWords(LABELS.flatMap(({ keys }) => [...keys]));
const LABEL_WORDS = 5;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The value around the run from `start` to `end`, where a label stands directly before it. */
export function recognizeLabelledNumber(scan: Scan, start: number, end: number): void {
  const { text } = scan;
  if (end - start < LEAST_DIGITS && !isInner(text, end)) return;
  if (
    !WORDS.isBefore(text, start, LABEL_WORDS) &&
    (scan.labels.words.length === 0 || !KEYS.inLabels(scan.labels))
  )
    return;
  const value = valueAround(text, start, end);
  if (value === undefined || digitsIn(text, value) < LEAST_DIGITS) return;
  const before = text.slice(Math.max(0, value.start - LONGEST_LABEL), value.start);
  for (const { rule, told } of RULES) {
    if (!scan.wants(told.type) || value.end - value.start < told.shortest) continue;
    const word = wordIn(told, before) ?? keyOf(scan, told, value);
    if (word === undefined) continue;
    scan.note(rule, value.start, withFileNumber(text, value, told.type), SCORE, word);
    return;
  }
}

function wordIn({ label, words }: LabelRule, before: string): string | undefined {
  const found = label.exec(before)?.[0].toLowerCase();
  return found === undefined ? undefined : (words.find((word) => found.includes(word)) ?? words[0]);
}

/** The nearest key when the value is the whole of what it labels. */
function keyOf(scan: Scan, told: LabelRule, { start, end }: Span): string | undefined {
  if (scan.labels.words.length === 0 || scan.text.length - (end - start) > 4) return undefined;
  return scan.labels.words.find((word) => told.keys.has(word));
}

/** Letters, digits and the signs between them; nothing when the run is not where it begins to have digits. */
function valueAround(text: string, runStart: number, runEnd: number): Span | undefined {
  let start = runStart;
  while (start > 0 && runStart - start < LONGEST_VALUE && isInner(text, start - 1)) start--;
  for (let at = start; at < runStart; at++) if (isDigit(text.charCodeAt(at))) return undefined;
  let end = runEnd;
  while (end < text.length && end - start < LONGEST_VALUE && isInner(text, end)) end++;
  return { start, end };
}

function isInner(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isAlphanumeric(code)) return true;
  const joins = code === 45 || code === 47 || code === 46 || code === 95;
  return joins && isAlphanumeric(text.charCodeAt(at - 1)) && isAlphanumeric(text.charCodeAt(at + 1));
}

function digitsIn(text: string, { start, end }: Span): number {
  let digits = 0;
  for (let at = start; at < end; at++) if (isDigit(text.charCodeAt(at))) digits++;
  return digits;
}

function withFileNumber(text: string, { start, end }: Span, type: string): number {
  if (type !== 'CASE_NUMBER') return end;
  FILE_NUMBER.lastIndex = start;
  return FILE_NUMBER.test(text) ? FILE_NUMBER.lastIndex : end;
}
