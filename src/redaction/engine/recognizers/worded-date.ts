import { isDigit, isLetter, isUpper } from '../characters.js';
import { contextWords } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import {
  doubtfulMonthNumber,
  isDayOfMonth,
  isPlausibleYear,
  isWeekday,
  monthNumber,
} from '../validators/calendar.js';
import { wordsOf } from '../vocabulary.js';
import { clockEnd } from './clock.js';
import { reportDate } from './date-of-birth.js';
import { DATE_CONTEXT } from './date-time.js';

const BASE = { type: 'DATE_TIME', recognizer: 'worded-date', rank: Rank.Pattern };
const WITH_YEAR: Rule = { ...BASE, rule: 'day-month-year', score: 0.6, context: DATE_CONTEXT };
const WITHOUT_YEAR: Rule = { ...BASE, rule: 'day-month', score: 0.5, context: DATE_CONTEXT };
const MONTH_YEAR: Rule = { ...BASE, rule: 'month-year', score: 0.45, context: DATE_CONTEXT };
const YEAR: Rule = { ...BASE, rule: 'year-of-birth', score: 0.05, context: contextWords(wordsOf('birth')) };
const WEEKDAY: Rule = { ...BASE, rule: 'weekday', score: 0.2 };

const ORDINAL = '(?:st|nd|rd|th|ster?|er|e|\\.?º|\\.?ª|°|\\.)?';
/** The last day of several: `3-5 May`, `3. bis 5. März`, `del 3 al 5 de mayo`. */
const RANGE = `(?:(?: ?[-–—/] ?| (?:to|until|and|bis|und|au|et|al?|y|e|tot|en|até|do|i) )\\d{1,2}${ORDINAL})?`;

/** What may follow the day: ordinal, another day, a gap, the month's name, a gap and the year. */
const MONTH_AFTER = new RegExp(
  `${ORDINAL}${RANGE}(?: (?:of |de |d['’])?|[-./])(\\p{L}{3,12})\\.?(?:(?:,? (?:del? )?|[-./])(\\d{4})(?![\\d\\p{L}])|[-/](\\d{2})(?![\\d\\p{L}/-]))?`,
  'uy',
);
/** What may follow a day whose month stands before it. */
const YEAR_AFTER = new RegExp(`${ORDINAL}${RANGE},? (\\d{4})(?![\\d\\p{L}]|[-./:]\\d)`, 'uy');
/** Day and month in digits with spaces between, or with the signs of Chinese, Japanese and Korean. */
const SPACED_AFTER = /\. (\d{1,2})\. (\d{4})(?![\d\p{L}])/uy;
const IDEOGRAPHIC_AFTER = /(?:年 ?(\d{1,2})月 ?(\d{1,2})日|년 ?(\d{1,2})월 ?(\d{1,2})일)/y;
const WEEKDAY_BEFORE = /(\p{L}{4,13}(?:-feira)?),? (?:(?:the|den|dem|le|el|il|de|dnia) )?$/u;
const LONGEST_WEEKDAY = 24;
const UNMISTAKABLE = new Set(
  'abril avril enero julio junio juin maart mayo maja lipca luglio march april märz août'.split(' '),
);

/** Dates with the month as a word, around the run of digits from `start` to `end`; and years of birth. */
export function recognizeWordedDate(scan: Scan, start: number, end: number): void {
  const length = end - start;
  if (length > 4 || length === 3 || !scan.wants('DATE_TIME')) return;
  const { text } = scan;
  const value = Number(text.slice(start, end));
  if (length <= 2 && value >= 1 && value <= 31) {
    if (dayThenMonth(scan, start, end, value) || spacedDate(scan, start, end, value)) return;
  }
  if (length === 4 && ideographicDate(scan, start, end, value)) return;
  const month = monthBefore(text, start);
  if (month !== undefined) monthThenNumber(scan, month, { start, end, value });
  else if (length === 4 && isPlausibleYear(value) && !isLetter(text.charCodeAt(end)))
    reportDate(scan, YEAR, start, end);
}

function spacedDate(scan: Scan, start: number, end: number, day: number): boolean {
  if (scan.text.charCodeAt(end) !== 46) return false;
  SPACED_AFTER.lastIndex = end;
  const match = SPACED_AFTER.exec(scan.text);
  if (match === null || !isPlausibleYear(Number(match[2]))) return false;
  if (!isDayOfMonth(day, Number(match[1]), Number(match[2]))) return false;
  reportDate(scan, WITH_YEAR, start, clockEnd(scan.text, SPACED_AFTER.lastIndex));
  return true;
}

function ideographicDate(scan: Scan, start: number, end: number, year: number): boolean {
  if (scan.text.charCodeAt(end) < 0x3041) return false;
  IDEOGRAPHIC_AFTER.lastIndex = end;
  const match = IDEOGRAPHIC_AFTER.exec(scan.text);
  if (match === null || !isPlausibleYear(year)) return false;
  if (!isDayOfMonth(Number(match[2] ?? match[4]), Number(match[1] ?? match[3]), year)) return false;
  reportDate(scan, WITH_YEAR, start, IDEOGRAPHIC_AFTER.lastIndex);
  return true;
}

/** A weekday's name by itself: worth little, but asked for by some. */
export function recognizeWeekday(scan: Scan, start: number, end: number): void {
  if (isWeekday(scan.text.slice(start, end).toLowerCase())) scan.report(WEEKDAY, start, end);
}

function dayThenMonth(scan: Scan, start: number, end: number, day: number): boolean {
  const { text } = scan;
  MONTH_AFTER.lastIndex = end;
  const match = MONTH_AFTER.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return false;
  const year = match[2] ?? match[3];
  const word = name.toLowerCase();
  const month = monthNumber(word) ?? (year === undefined ? undefined : doubtfulMonthNumber(word));
  if (month === undefined) return false;
  if (!isDayOfMonth(day, month)) {
    if (year !== undefined) scan.reject(WITH_YEAR, start, MONTH_AFTER.lastIndex, 'form');
    return false;
  }
  if (year === undefined && !isUpper(name.charCodeAt(0)) && !isUnmistakable(word)) return false;
  let stop = MONTH_AFTER.lastIndex;
  if (year === undefined && text.charCodeAt(stop - 1) === 46) stop--;
  if (isLetter(text.charCodeAt(stop))) return false;
  const rule = year === undefined ? WITHOUT_YEAR : WITH_YEAR;
  reportDate(scan, rule, withWeekday(text, start), clockEnd(text, stop));
  return true;
}

/** In lower case `5 may` and `3 mar` are mostly something else; `5 mayo`, `1er mai` and `5 maja` are not. */
function isUnmistakable(word: string): boolean {
  return word.length >= 6 || UNMISTAKABLE.has(word);
}

/** Behind the weekday's name in front of a date: `Monday, 5 May`, `lundi 3 mai`, `Montag, den 3. März`. */
function withWeekday(text: string, start: number): number {
  if (text.charCodeAt(start - 1) !== 32) return start;
  const before = text.slice(Math.max(0, start - LONGEST_WEEKDAY), start);
  const match = WEEKDAY_BEFORE.exec(before);
  if (match?.[1] === undefined || !isWeekday(match[1].toLowerCase())) return start;
  return start - (before.length - match.index);
}

interface MonthName {
  readonly start: number;
  readonly number: number;
  readonly capitalised: boolean;
}

interface NumberSpan {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

function monthThenNumber(scan: Scan, month: MonthName, { start, end, value }: NumberSpan): void {
  const { text } = scan;
  if (end - start === 4) {
    if (isPlausibleYear(value) && !isLetter(text.charCodeAt(end)))
      reportDate(scan, MONTH_YEAR, month.start, end);
    return;
  }
  if (!isDayOfMonth(value, month.number)) return;
  YEAR_AFTER.lastIndex = end;
  const year = YEAR_AFTER.exec(text)?.[1];
  if (year !== undefined && isPlausibleYear(Number(year))) {
    reportDate(scan, WITH_YEAR, withWeekday(text, month.start), clockEnd(text, YEAR_AFTER.lastIndex));
  } else if (month.capitalised && !isDigit(text.charCodeAt(end + 1)) && !isLetter(text.charCodeAt(end))) {
    reportDate(scan, WITHOUT_YEAR, withWeekday(text, month.start), end);
  }
}

/** The month's name one gap before `start`, as in `May 5` or `Sept. 2021`. */
function monthBefore(text: string, start: number): MonthName | undefined {
  let end = start - 1;
  const gap = text.charCodeAt(end);
  if (gap !== 32 && gap !== 45 && gap !== 47) return undefined;
  if (text.charCodeAt(end - 1) === 46 || text.charCodeAt(end - 1) === 44) end--;
  let at = end;
  while (at > 0 && end - at < 13 && isLetter(text.charCodeAt(at - 1))) at--;
  if (end - at < 3 || end - at > 12) return undefined;
  const number = monthNumber(text.slice(at, end).toLowerCase());
  return number === undefined ? undefined : { start: at, number, capitalised: isUpper(text.charCodeAt(at)) };
}
