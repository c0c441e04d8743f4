import { createHmac } from 'node:crypto';
import { associatedData } from './associated-data.js';

/**
 * HMAC-SHA-256 over parts, each with its length before it, so that no two lists of parts share a digest. Start with
 * a part that names the purpose.
 * @returns 32 bytes
 */
export const keyedDigest = (key: Buffer, ...parts: readonly (string | number | Buffer)[]): Buffer =>
  createHmac('sha256', key)
    .update(associatedData(...parts))
    .digest();
