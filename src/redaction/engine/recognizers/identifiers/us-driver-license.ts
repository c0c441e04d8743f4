import { isAlphanumeric, isDigit } from '../../characters.js';
import { contextWords } from '../../context.js';
import { Rank, type Rule } from '../../rule.js';
import type { Scan } from '../../scan.js';
import type { Form, IdentifierType } from './identifier-type.js';

export const STAR = 42;

/** Forms of the states' numbers (AAMVA, as the states publish them): with letters, and digits alone. */
const WITH_LETTERS =
  'A9{3,14} A9{18,19} A9{6}R A{2}9{2,7} 9{2}A{3}9{5,6} 9{7,9}A A{2}9{6}A 9{8}A{2} 9{3}A{2}9{4} A9A9A A{3}9{6} A{3}*{2}9{3}A9 A*{11}';
const DIGITS = '9{6,14} 9{16}';

const form =
  (score: number) =>
  (template: string): Form => ({ template, score, withContext: score + 0.4 });

export const US_DRIVER_LICENSE: IdentifierType = {
  name: 'US_DRIVER_LICENSE',
  country: 'US',
  description: 'The number of a US driving licence, beside a word for one.',
  example: 'D4820175',
  context: contextWords(
    'driver drivers license licence licenses dl dmv permit lic driverslicense driverlicense dln cdl driving',
  ),
  forms: [...WITH_LETTERS.split(' ').map(form(0.1)), ...DIGITS.split(' ').map(form(0.01))],
};

/** Washington until 2018 (DOL): letters of the names, filled up with stars, then digits and letters; twelve signs. */
const STARRED: Rule = {
  type: US_DRIVER_LICENSE.name,
  recognizer: 'identifier',
  rule: 'washington-starred',
  score: 0.3,
  rank: Rank.Pattern,
  context: US_DRIVER_LICENSE.context,
};
const STARRED_FORM = /[A-Z][A-Z0-9*]{11}(?![A-Z0-9*])/iy;

/** The licence with stars in it that the run of letters and digits at `start` is part of. */
export function recognizeStarredLicense(scan: Scan, start: number): void {
  const { text } = scan;
  let first = start;
  while (first > 0 && start - first < 12 && isStarred(text.charCodeAt(first - 1))) first--;
  for (let at = first; at < start; at++) if (isDigit(text.charCodeAt(at))) return;
  STARRED_FORM.lastIndex = first;
  if (STARRED_FORM.test(text)) scan.report(STARRED, first, STARRED_FORM.lastIndex);
}

function isStarred(code: number): boolean {
  return code === STAR || isAlphanumeric(code);
}
