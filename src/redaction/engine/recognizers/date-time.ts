import { isDigit, isWord } from '../characters.js';
import { contextWords } from '../context.js';
import { type DigitGroups, NONE } from '../digit-groups.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isDayOfMonth, isPlausibleYear } from '../validators/calendar.js';
import { wordsOf } from '../vocabulary.js';
import { clockEnd } from './clock.js';
import { reportDate } from './date-of-birth.js';

const SLASH = 47;
const DASH = 45;
const DOT = 46;

export const DATE_CONTEXT = contextWords(wordsOf('date', 'birth'), wordsOf('notADate'));
const BASE = { type: 'DATE_TIME', recognizer: 'date-time', rank: Rank.Pattern, context: DATE_CONTEXT };
const ISO: Rule = { ...BASE, rule: 'iso-date', score: 0.6 };
const ISO_TIME: Rule = { ...BASE, rule: 'iso-date-time', score: 0.8 };
const NUMERIC: Rule = { ...BASE, rule: 'numeric-date', score: 0.6 };
const DOTTED_SHORT: Rule = { ...BASE, rule: 'dotted-date', score: 0.4 };
const MONTH_YEAR: Rule = { ...BASE, rule: 'month-year', score: 0.2 };
const DAY_MONTH: Rule = { ...BASE, rule: 'day-month', score: 0.1 };

/** RFC 3339 time behind a date, with or without seconds, fraction and offset. */
const TIME_TAIL =
  /[Tt ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d{1,9})?)?(?:\s?(?:[Zz]|[+-](?:0\d|1[0-4]):?[0-5]\d))?(?![\p{L}\d])/uy;

/** Dates in digits: ISO 8601, day/month/year in either order, and the weak short forms. */
export function recognizeDate(scan: Scan, groups: DigitGroups): void {
  if (groups.count < 2 || groups.length(0) > 4 || groups.length(1) > 4) return;
  const separator = groups.separator(0);
  if (separator !== SLASH && separator !== DASH && separator !== DOT) return;
  if (groups.count >= 3 && groups.separator(1) === separator) fullDate(scan, groups, separator);
  else if (groups.separator(1) === NONE || groups.separator(1) === 32) shortDate(scan, groups, separator);
}

function fullDate(scan: Scan, groups: DigitGroups, separator: number): void {
  if (groups.count > 3 && groups.separator(2) !== 32) return;
  const { text } = scan;
  const [a, b, c] = [groups.number(0), groups.number(1), groups.number(2)];
  const end = groups.end(3);
  if (groups.length(0) === 4 && groups.length(1) <= 2 && groups.length(2) <= 2) {
    if (!isPlausibleYear(a)) return;
    if (isDayOfMonth(c, b, a)) isoDate(scan, groups.start, end);
    else if (endsHere(text, end)) scan.reject(ISO, groups.start, end, 'form');
    return;
  }
  if (groups.length(0) > 2 || groups.length(1) > 2 || !endsHere(text, end)) return;
  const longYear = groups.length(2) === 4;
  if (!longYear && groups.length(2) !== 2) return;
  const year = longYear ? c : 2000 + c;
  if (!isPlausibleYear(year)) return;
  if (!isDayOfMonth(a, b, year) && !isDayOfMonth(b, a, year)) {
    if (longYear) scan.reject(NUMERIC, groups.start, end, 'form');
    return;
  }
  if (separator !== DOT || longYear) reportDate(scan, NUMERIC, groups.start, clockEnd(text, end));
  else if (groups.length(0) === 2 || groups.length(1) === 2)
    reportDate(scan, DOTTED_SHORT, groups.start, end);
}

function isoDate(scan: Scan, start: number, end: number): void {
  const withTime = tailEnd(scan.text, end, TIME_TAIL);
  if (withTime > end) reportDate(scan, ISO_TIME, start, withTime);
  else if (endsHere(scan.text, end)) reportDate(scan, ISO, start, end);
}

function shortDate(scan: Scan, groups: DigitGroups, separator: number): void {
  const end = groups.end(2);
  if (separator === DOT || !endsHere(scan.text, end)) return;
  const [a, b] = [groups.number(0), groups.number(1)];
  if (groups.length(0) === 2 && groups.length(1) === 4 && a >= 1 && a <= 12 && isPlausibleYear(b)) {
    reportDate(scan, MONTH_YEAR, groups.start, end);
  } else if (groups.length(0) <= 2 && groups.length(1) <= 2 && (isDayOfMonth(a, b) || isDayOfMonth(b, a))) {
    if (separator === SLASH) reportDate(scan, DAY_MONTH, groups.start, end);
  }
}

function endsHere(text: string, end: number): boolean {
  const after = text.charCodeAt(end);
  if (end >= text.length || !isWord(after)) return !(after === SLASH && isWord(text.charCodeAt(end + 1)));
  return false;
}

function tailEnd(text: string, end: number, tail: RegExp): number {
  const next = text.charCodeAt(end);
  const mayLeadOn = next === 32 || next === 84 || next === 116 || next === 44;
  if (!mayLeadOn || !(isDigit(text.charCodeAt(end + 1)) || next === 44)) return end;
  tail.lastIndex = end;
  return tail.test(text) ? tail.lastIndex : end;
}
