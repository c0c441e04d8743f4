import { randomBytes } from 'node:crypto';
import { associatedData } from './associated-data.js';
import { KEY_BYTES, openBytes, sealBytes } from './xaes.js';

/** Where a value lies, part by part. */
type Place = readonly (string | number)[];

/** A fresh key of 32 random bytes. */
export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/**
 * Seals a value under a key made for it alone, so that the value is gone for good once its key is destroyed. The key
 * itself is to be sealed by a `Sealer`.
 */
export function sealUnderOwnKey(value: Buffer, place: Place): { key: Buffer; sealed: Buffer } {
  const key = newKey();
  return { key, sealed: sealBytes(key, value, associatedData(...place)) };
}

/** Seals a further value of the same thing under its own key. */
export const sealUnder = (key: Buffer, value: Buffer, place: Place): Buffer =>
  sealBytes(key, value, associatedData(...place));

/** Opens what {@link sealUnderOwnKey} sealed. @throws OpenError when it was changed or moved */
export const openUnderOwnKey = (key: Buffer, sealed: Buffer, place: Place): Buffer =>
  openBytes(key, sealed, associatedData(...place));
