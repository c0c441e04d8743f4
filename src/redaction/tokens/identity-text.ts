import { comparable } from '../engine/comparable.js';

/** Spellings of numbers differ in separators alone. */
const NUMBERS = new Set(['PHONE', 'SSN', 'CREDIT_CARD']);
/** Separators and case carry nothing. */
const COMPACT = new Set(['IBAN_CODE', 'MAC_ADDRESS']);
/** Every character counts: two of them that differ in case are two. */
const EXACT = new Set(['PASSWORD', 'API_KEY', 'PRIVATE_KEY', 'JWT', 'URL', 'VAULT_SECRET']);

/**
 * What the spellings of one value have in common. Two values that are not the same must never share it, since they
 * are erased together: so a number with letters in it (`1-800-FLOWERS`) keeps them.
 * @param type as clients see it
 */
export function identityText(type: string, text: string): string {
  if (EXACT.has(type)) return text.trim();
  const folded = comparable(text);
  if (NUMBERS.has(type) && !/\p{L}/u.test(folded)) return folded.replaceAll(/\P{Nd}/gu, '') || folded;
  if (COMPACT.has(type)) return folded.replaceAll(/[^\p{L}\p{Nd}]/gu, '') || folded;
  return folded;
}
