import { isShortDate } from './birth-date.js';
import { isDayOfMonth } from './calendar.js';
import { digitAt, isRepeated, weightedSum } from './check-digits.js';
import { passesLuhn } from './luhn.js';

const SPANISH_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const FINNISH_SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** DNI and NIF (Real Decreto 1553/2005; Orden EHA/451/2008): seven or eight digits and the letter of their remainder by 23. */
export function isSpanishNif(text: string): boolean {
  return SPANISH_LETTERS.charAt(Number(text.slice(0, -1)) % 23) === text.slice(-1);
}

/** NIE: as the NIF, with X, Y, Z for a leading 0, 1, 2. */
export function isSpanishNie(text: string): boolean {
  return isSpanishNif(`${'XYZ'.indexOf(text.charAt(0))}${text.slice(1)}`);
}

/** Henkilötunnus (DVV): day of birth, sign of the century, individual number from 002, check character by 31. */
export function isFinnishIdentityCode(text: string): boolean {
  const birth = text.slice(0, 6);
  const number = text.slice(-4, -1);
  if (!isShortDate(birth, 'dmy') || Number(number) < 2) return false;
  return FINNISH_SIGNS.charAt(Number(birth + number) % 31) === text.slice(-1);
}

const ITALIAN_ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/** Codice fiscale (DM 23 December 1976): the last letter is the sum over even and odd places by 26. */
export function isItalianFiscalCode(text: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const code = text.charCodeAt(at);
    const value = code > 57 ? code - 65 : code - 48;
    sum += at % 2 === 0 ? (ITALIAN_ODD[value] ?? 0) : value;
  }
  return (sum % 26) + 65 === text.charCodeAt(15);
}

/** Partita IVA (Agenzia delle Entrate): Luhn's check over eleven digits. */
export function isItalianVatCode(digits: string): boolean {
  return !digits.startsWith('0000000') && passesLuhn(digits);
}

/** PESEL (Dz.U. 2010 nr 217 poz. 1427): date with the century in the month, weights 1 3 7 9. */
export function isPesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20;
  if (!isDayOfMonth(Number(digits.slice(4, 6)), month)) return false;
  return weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** Personnummer and samordningsnummer (SFS 1991:481, day + 60): date of birth, Luhn over the last ten digits. */
export function isSwedishPersonalNumber(digits: string): boolean {
  const short = digits.slice(-10);
  if (digits.length === 12 && !/^(?:1[6-9]|20)/.test(digits)) return false;
  const day = Number(short.slice(4, 6));
  return isDayOfMonth(day > 60 ? day - 60 : day, Number(short.slice(2, 4))) && passesLuhn(short);
}

/** Organisationsnummer (SFS 1974:174): the third digit at least 2, Luhn's check. */
export function isSwedishOrganisationNumber(digits: string): boolean {
  return digitAt(digits, 2) >= 2 && digitAt(digits, 0) > 0 && passesLuhn(digits);
}

/** T.C. kimlik numarası (NVİ): two check digits over eleven, no leading zero. */
export function isTurkishIdentityNumber(digits: string): boolean {
  if (digitAt(digits, 0) === 0) return false;
  const odd = weightedSum(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weightedSum(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  if ((((odd * 7 - even) % 10) + 10) % 10 !== digitAt(digits, 9)) return false;
  return (odd + even + digitAt(digits, 9)) % 10 === digitAt(digits, 10);
}

/** NHS number (NHS Data Dictionary): weights 10 to 2, modulus 11, ten digits. */
export function isNhsNumber(digits: string): boolean {
  const check = 11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? 0 : check) === digitAt(digits, 9) && !isRepeated(digits);
}
