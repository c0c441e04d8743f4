import { isShortDate } from './birth-date.js';
import { digitAt, foldedSum, isRepeated, weightedSum } from './check-digits.js';
import { passesMod11And10 } from './iso-7064.js';

const PHYSICIAN = [4, 9, 4, 9, 4, 9];
const INSURED = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
const PENSION = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2];

/** Steuerliche Identifikationsnummer (§ 139b AO; BZSt): ISO 7064 MOD 11,10, no leading zero. */
export function isGermanTaxId(digits: string): boolean {
  return digitAt(digits, 0) !== 0 && !isRepeated(digits) && passesMod11And10(digits);
}

/** BZSt: of the first ten digits one occurs twice or three times, not thrice in a row. */
export function repeatsLikeGermanTaxId(digits: string): boolean {
  const body = digits.slice(0, 10);
  const distinct = new Set(body).size;
  return (distinct === 9 || distinct === 8) && !/(\d)\1\1/.test(body);
}

/** Umsatzsteuer-Identifikationsnummer without `DE`: ISO 7064 MOD 11,10 (BMF form, EU VIES). */
export function isGermanVatId(digits: string): boolean {
  return passesMod11And10(digits);
}

/** Lebenslange Arztnummer (KBV guideline under § 75 (7) SGB V): six digits, check digit, two of the specialty. */
export function isPhysicianNumber(digits: string): boolean {
  return (10 - (weightedSum(digits, PHYSICIAN) % 10)) % 10 === digitAt(digits, 6) && !isRepeated(digits);
}

/** Krankenversichertennummer (§ 290 SGB V, GKV guideline, annex 1): a letter, eight digits, check digit. */
export function isHealthInsuranceNumber(text: string): boolean {
  const letter = String(text.charCodeAt(0) - 64).padStart(2, '0');
  const sum = foldedSum(letter + text.slice(1, 9), INSURED);
  return sum % 10 === digitAt(text, 9);
}

/** Versicherungsnummer (§ 147 SGB VI, VKVV § 2): area, day of birth, initial, serial, check digit. */
export function isPensionNumber(text: string): boolean {
  const area = Number(text.slice(0, 2));
  if (area < 2 || area > 89) return false;
  const day = Number(text.slice(2, 4));
  const date = `${String(day > 50 ? day - 50 : day).padStart(2, '0')}${text.slice(4, 8)}`;
  if (!isShortDate(date, 'dmy')) return false;
  const letter = String(text.charCodeAt(8) - 64).padStart(2, '0');
  const digits = text.slice(0, 8) + letter + text.slice(9, 11);
  return foldedSum(digits, [...PENSION, 1]) % 10 === digitAt(text, 11);
}

/** Weighs 7, 3, 1 over digits and letters (A = 10 …), the last character being the check digit (ICAO Doc 9303-3 §4.9). */
export function passesMachineReadableCheck(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < text.length - 1; at++) {
    const code = text.charCodeAt(at);
    sum += (code > 57 ? code - 55 : code - 48) * ([7, 3, 1][at % 3] ?? 0);
  }
  return sum % 10 === digitAt(text, text.length - 1);
}

/** Postal areas without any place (Deutsche Post): 00, 05, 43 and 62; and the ends of the range. */
export function isGermanPostcode(digits: string): boolean {
  const value = Number(digits);
  const area = digits.slice(0, 2);
  return value >= 1_000 && value < 99_999 && !['00', '05', '43', '62'].includes(area);
}

/** Thirteen digits of a tax office's unified form (ELSTER): a federal office's number, 0, district, person, check. */
export function isUnifiedTaxNumber(digits: string): boolean {
  return /^(?:1[01]|2[1-9]|3[0-2]|4[01]|5|9)/.test(digits) && digits.charAt(4) === '0';
}
