/** Multiplication in the dihedral group D5 (Verhoeff 1969, Error Detecting Decimal Codes): `PRODUCT[a * 10 + b]`. */
const PRODUCT = Array.from({ length: 100 }, (_, index) => dihedral(Math.floor(index / 10), index % 10));

/** Rotations are 0–4, reflections 5–9. */
function dihedral(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
  return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5;
}

const FIRST_PERMUTATION: readonly number[] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** The permutation applied 0 to 7 times; the eighth is the identity again. */
const PERMUTED: readonly (readonly number[])[] = permutations();

function permutations(): number[][] {
  const rows = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]];
  for (let row = 1; row < 8; row++) {
    rows.push((rows[row - 1] ?? []).map((digit) => FIRST_PERMUTATION[digit] ?? 0));
  }
  return rows;
}

/** Verhoeff's check over digits whose last is the check digit: every single error and neighbouring swap is noticed. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let at = digits.length - 1, place = 0; at >= 0; at--, place++) {
    const permuted = PERMUTED[place % 8]?.[digits.charCodeAt(at) - 48] ?? 0;
    check = PRODUCT[check * 10 + permuted] ?? 0;
  }
  return digits.length > 0 && check === 0;
}
