import { isDayOfMonth } from './calendar.js';

/** Whether six digits `YYMMDD` (or `DDMMYY`) name a day that exists; of a year without century 29 February always does. */
export function isShortDate(digits: string, order: 'ymd' | 'dmy'): boolean {
  const month = Number(digits.slice(2, 4));
  const day = Number(order === 'ymd' ? digits.slice(4, 6) : digits.slice(0, 2));
  return isDayOfMonth(day, month);
}
