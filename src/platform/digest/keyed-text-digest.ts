import { createHmac } from 'node:crypto';

/** Bytes kept of a digest; enough that no two texts of one key share one by chance. */
export const TEXT_DIGEST_BYTES = 16;

/**
 * HMAC-SHA-256 of a text's UTF-16 code units, little end first, so that halves of surrogate pairs count too; its first 16
 * bytes. For recognising a text again without holding it.
 */
export const keyedTextDigest = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf16le').digest().subarray(0, TEXT_DIGEST_BYTES);

/** 32-bit numbers derived from a key, for `label` alone; up to eight. */
export function keyedNumbers(key: Uint8Array, label: string, count: number): Int32Array {
  const bytes = createHmac('sha256', key).update(label).digest();
  return Int32Array.from({ length: count }, (_, index) => bytes.readInt32LE(index * 4));
}
