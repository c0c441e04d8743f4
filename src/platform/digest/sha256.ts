import { createHash, timingSafeEqual } from 'node:crypto';
import { TimeSlice } from '../cooperation/time-slice.js';

/** SHA-256 over parts, one after the other; 32 bytes. For telling things apart: secrets and keys belong to crypto. */
export function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Whether two digests are the same, without telling by the time it takes where they differ. */
export const sameDigest = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const PIECE = 1024 * 1024;

/** The same of many bytes, giving way to other work meanwhile. */
export async function sha256InSlices(bytes: Buffer): Promise<Buffer> {
  const hash = createHash('sha256');
  const slice = new TimeSlice();
  for (let from = 0; from < bytes.length; from += PIECE) {
    hash.update(bytes.subarray(from, from + PIECE));
    await slice.pause();
  }
  return hash.digest();
}
