import { isShortDate } from './birth-date.js';
import { digitAt, isRepeated, weightedSum } from './check-digits.js';
import { passesLuhn } from './luhn.js';
import { passesVerhoeff } from './verhoeff.js';

/** Australian business number (ABR): one less in front, weights 10 1 3 5 …, divisible by 89. */
export function isAustralianBusinessNumber(digits: string): boolean {
  return (
    digitAt(digits, 0) > 0 && (weightedSum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0
  );
}

/** Australian company number (ASIC): weights 8 to 1, complement by 10. */
export function isAustralianCompanyNumber(digits: string): boolean {
  return (
    (10 - (weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digitAt(digits, 8) &&
    !isRepeated(digits)
  );
}

/** Australian tax file number (ATO), nine digits: weights 1 4 3 7 5 8 6 9 10, divisible by 11. */
export function isTaxFileNumber(digits: string): boolean {
  return weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !isRepeated(digits);
}

/** Medicare card number (Services Australia): first digit 2–6, weights 1 3 7 9, then the issue number. */
export function isMedicareNumber(digits: string): boolean {
  return /^[2-6]/.test(digits) && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8);
}

/** Nigerian national identification number (NIMC): eleven digits, Verhoeff's check. */
export function isNigerianIdentityNumber(digits: string): boolean {
  return !isRepeated(digits) && passesVerhoeff(digits);
}

/** South African identity number (DHA): date of birth, citizenship 0 to 2, Luhn's check. */
export function isSouthAfricanIdentityNumber(digits: string): boolean {
  return isShortDate(digits, 'ymd') && digitAt(digits, 10) <= 2 && passesLuhn(digits);
}
