import { isDigit, isLetter, isUpper } from '../characters.js';
import { contextWords } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { isDayOfMonth, isPlausibleYear, isWeekday, monthNumber } from '../validators/calendar.js';
import { reportDate } from './date-of-birth.js';
import { DATE_CONTEXT } from './date-time.js';

const BASE = { type: 'DATE_TIME', recognizer: 'worded-date', rank: Rank.Pattern };
const WITH_YEAR: Rule = { ...BASE, rule: 'day-month-year', score: 0.6, context: DATE_CONTEXT };
const WITHOUT_YEAR: Rule = { ...BASE, rule: 'day-month', score: 0.5, context: DATE_CONTEXT };
const MONTH_YEAR: Rule = { ...BASE, rule: 'month-year', score: 0.45, context: DATE_CONTEXT };
const YEAR: Rule = {
  ...BASE,
  rule: 'year-of-birth',
  score: 0.05,
  context: contextWords('born birth birthday dob yob geboren naissance nacido nascido né née'),
};
const WEEKDAY: Rule = { ...BASE, rule: 'weekday', score: 0.2 };

/** What may follow the day: ordinal, a gap, the month's name, a gap and the year. */
const MONTH_AFTER =
  /(?:st|nd|rd|th|er|\.|º)?(?: (?:of |de )?|[-./])(\p{L}{3,10})\.?(?:(?:,? (?:de )?|[-./])(\d{4})(?![\d\p{L}]))?/uy;
/** What may follow a day whose month stands before it. */
const YEAR_AFTER = /(?:st|nd|rd|th)?,? (\d{4})(?![\d\p{L}]|[-./:]\d)/uy;
const CLOCK_AFTER = /,?(?: at)? (?:[01]?\d|2[0-3]):[0-5]\d(?::[0-6]\d)?(?: ?[AaPp]\.?[Mm]\b\.?)?/y;

/** Dates with the month as a word, around the run of digits from `start` to `end`; and years of birth. */
export function recognizeWordedDate(scan: Scan, start: number, end: number): void {
  const length = end - start;
  if (length > 4 || length === 3) return;
  const { text } = scan;
  const value = Number(text.slice(start, end));
  if (length <= 2 && value >= 1 && value <= 31 && dayThenMonth(scan, start, end, value)) return;
  const month = monthBefore(text, start);
  if (month !== undefined) monthThenNumber(scan, month, { start, end, value });
  else if (length === 4 && isPlausibleYear(value) && !isLetter(text.charCodeAt(end)))
    reportDate(scan, YEAR, start, end);
}

/** A weekday's name by itself: worth little, but asked for by some. */
export function recognizeWeekday(scan: Scan, start: number, end: number): void {
  if (isWeekday(scan.text.slice(start, end).toLowerCase())) scan.report(WEEKDAY, start, end);
}

function dayThenMonth(scan: Scan, start: number, end: number, day: number): boolean {
  MONTH_AFTER.lastIndex = end;
  const match = MONTH_AFTER.exec(scan.text);
  const name = match?.[1];
  if (match === null || name === undefined) return false;
  const month = monthNumber(name.toLowerCase());
  if (month === undefined || !isDayOfMonth(day, month)) return false;
  const year = match[2];
  if (year === undefined && !isUpper(name.charCodeAt(0)) && name.length < 6) return false;
  let stop = MONTH_AFTER.lastIndex;
  if (year === undefined && scan.text.charCodeAt(stop - 1) === 46) stop--;
  if (isLetter(scan.text.charCodeAt(stop))) return false;
  reportDate(scan, year === undefined ? WITHOUT_YEAR : WITH_YEAR, start, clockEnd(scan.text, stop));
  return true;
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
    reportDate(scan, WITH_YEAR, month.start, clockEnd(text, YEAR_AFTER.lastIndex));
  } else if (month.capitalised && !isDigit(text.charCodeAt(end + 1)) && !isLetter(text.charCodeAt(end))) {
    reportDate(scan, WITHOUT_YEAR, month.start, end);
  }
}

/** The month's name one gap before `start`, as in `May 5` or `Sept. 2021`. */
function monthBefore(text: string, start: number): MonthName | undefined {
  let end = start - 1;
  const gap = text.charCodeAt(end);
  if (gap !== 32 && gap !== 45 && gap !== 47) return undefined;
  if (text.charCodeAt(end - 1) === 46 || text.charCodeAt(end - 1) === 44) end--;
  let at = end;
  while (at > 0 && end - at < 11 && isLetter(text.charCodeAt(at - 1))) at--;
  if (end - at < 3 || end - at > 10) return undefined;
  const number = monthNumber(text.slice(at, end).toLowerCase());
  return number === undefined ? undefined : { start: at, number, capitalised: isUpper(text.charCodeAt(at)) };
}

function clockEnd(text: string, end: number): number {
  CLOCK_AFTER.lastIndex = end;
  return CLOCK_AFTER.test(text) ? CLOCK_AFTER.lastIndex : end;
}
