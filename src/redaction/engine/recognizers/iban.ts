import { isAlphanumeric, isDigit } from '../characters.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { ibanLength, isIban } from '../validators/iban.js';

const IBAN: Rule = {
  type: 'IBAN_CODE',
  recognizer: 'iban',
  rule: 'mod-97',
  score: 1,
  rank: Rank.Checksum,
  validation: 'passed',
};

/** Shortest IBAN of the registry but one; shorter ones are not worth mentioning. */
const LEAST_MEANT = 14;

/** Whether a run of word characters can begin an IBAN: two letters and two digits. */
export function beginsIban(text: string, start: number, end: number): boolean {
  if (end - start < 4 || !isDigit(text.charCodeAt(start + 2)) || !isDigit(text.charCodeAt(start + 3)))
    return false;
  return !isDigit(text.charCodeAt(start + 1)) && !isDigit(text.charCodeAt(start));
}

/** International bank account numbers (ISO 13616), compact or in groups of up to eight parted by spaces or dashes. */
export function recognizeIban(scan: Scan, start: number): void {
  const { text } = scan;
  const length = ibanLength(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return;
  let compact = '';
  let at = start;
  while (compact.length < length && at < text.length) {
    const code = text.charCodeAt(at);
    if (isAlphanumeric(code)) compact += text[at];
    else if (!isGap(code) || !isAlphanumeric(text.charCodeAt(at + 1))) break;
    at++;
  }
  if (compact.length < length || isAlphanumeric(text.charCodeAt(at))) rejectLength(scan, start, at, compact);
  else if (isIban(compact.toUpperCase())) scan.report(IBAN, start, at);
  else scan.reject(IBAN, start, at, 'checksum');
}

/** Digits enough to be meant as an account number, of a length that the country does not have. */
function rejectLength(scan: Scan, start: number, end: number, compact: string): void {
  if (compact.length >= LEAST_MEANT && /^\d+$/.test(compact.slice(LEAST_MEANT - 10))) {
    scan.reject(IBAN, start, end, 'form');
  }
}

function isGap(code: number): boolean {
  return code === 32 || code === 45 || code === 0xa0;
}
