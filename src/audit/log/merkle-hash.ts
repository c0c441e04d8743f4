import { hash } from 'node:crypto';

/** Bytes of every hash in the tree: SHA-256. */
export const HASH_BYTES = 32;

const LEAF = Buffer.of(0x00);
const NODE = Buffer.of(0x01);

export const sha256 = (bytes: Uint8Array | string): Buffer => hash('sha256', bytes, 'buffer');

/** Hash of an entry (RFC 6962 §2.1). */
export const leafHash = (entry: Uint8Array | string): Buffer =>
  hash('sha256', typeof entry === 'string' ? `\0${entry}` : Buffer.concat([LEAF, entry]), 'buffer');

/** Hash of two subtrees side by side (RFC 6962 §2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');

/** Root of the tree without leaves (RFC 6962 §2.1). */
export const EMPTY_ROOT = sha256('');

/** A hash as text, and back. @returns undefined for anything but 32 bytes in canonical base64 (RFC 4648 §4) */
export const hashText = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');

export function hashOfText(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || text.length !== 44) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === HASH_BYTES && bytes.toString('base64') === text ? bytes : undefined;
}
