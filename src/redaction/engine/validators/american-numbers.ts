import { digitAt, isRepeated, weightedSum } from './check-digits.js';
import { passesLuhn } from './luhn.js';

/** Routing number (ABA; Federal Reserve prefixes 00–12, 21–32, 61–72, 80): weights 3 7 1. */
export function isRoutingNumber(digits: string): boolean {
  const area = Number(digits.slice(0, 2));
  const assigned = area <= 12 || (area >= 21 && area <= 32) || (area >= 61 && area <= 72) || area === 80;
  return assigned && !isRepeated(digits) && weightedSum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/** National provider identifier (45 CFR 162.406; CMS): Luhn's check with 80840 in front. */
export function isProviderIdentifier(digits: string): boolean {
  return passesLuhn(`80840${digits}`) && !isRepeated(digits);
}

/** DEA registration number (21 CFR 1301; DEA Diversion Control): two letters and seven digits, the last a check digit. */
export function isDeaNumber(text: string): boolean {
  const digits = text.slice(2);
  const sum = weightedSum(digits, [1, 2, 1, 2, 1, 2]);
  return sum % 10 === digitAt(digits, 6) && !isRepeated(digits);
}

/** Group of an ITIN (IRS Publication 1915): 50–65, 70–88, 90–92 and 94–99 behind a 9. */
export function isTaxpayerIdentificationForm(digits: string): boolean {
  const group = Number(digits.slice(3, 5));
  const assigned =
    (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group !== 93);
  return digits.startsWith('9') && assigned;
}

/** Social insurance number (ESDC): Luhn's check; none begins with 0 or 8. */
export function isSocialInsuranceNumber(digits: string): boolean {
  return !/^[08]/.test(digits) && !isRepeated(digits) && passesLuhn(digits);
}
