const ZERO = 48;

/** Value of the ASCII digit at `at`. */
export function digitAt(digits: string, at: number): number {
  return digits.charCodeAt(at) - ZERO;
}

/** Σ digit × weight over the first `weights.length` digits. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += digitAt(digits, at) * (weights[at] ?? 0);
  return sum;
}

/** As `weightedSum`, of the digit sums of the products (Luhn's way of folding two digits into one). */
export function foldedSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    const product = digitAt(digits, at) * (weights[at] ?? 0);
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum;
}

/** One digit again and again, as people type to fill a field. */
export function isRepeated(digits: string): boolean {
  for (let at = 1; at < digits.length; at++) if (digits.charCodeAt(at) !== digits.charCodeAt(0)) return false;
  return true;
}
