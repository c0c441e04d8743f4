import { digitAt } from './check-digits.js';

/** ISO/IEC 7064, MOD 11,10 (hybrid system) over digits whose last is the check digit. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (let at = 0; at < digits.length - 1; at++) {
    const sum = (digitAt(digits, at) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return digits.length > 1 && (product + digitAt(digits, digits.length - 1)) % 10 === 1;
}
