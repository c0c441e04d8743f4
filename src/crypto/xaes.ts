import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Key of XAES-256-GCM, in bytes. */
export const KEY_BYTES = 32;
/** Nonce of XAES-256-GCM, in bytes: long enough to be drawn at random for any number of messages. */
export const NONCE_BYTES = 24;
/** GCM tag, in bytes. Node would accept 4-byte tags unless told. */
export const TAG_BYTES = 16;

/** AES-256 on single blocks. */
function encryptBlocks(key: Buffer, blocks: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

/** Keys live as long as the ring that opened them, and their subkeys with them. */
const subkeys = new WeakMap<Buffer, Buffer>();

/** The CMAC subkey K1 (NIST SP 800-38B §6.1). */
function cmacSubkey(key: Buffer): Buffer {
  const known = subkeys.get(key);
  if (known) return known;
  const subkey = encryptBlocks(key, Buffer.alloc(16));
  let carry = 0;
  for (let index = 15; index >= 0; index -= 1) {
    const byte = subkey[index] ?? 0;
    subkey[index] = ((byte << 1) | carry) & 0xff;
    carry = byte >> 7;
  }
  if (carry) subkey[15] = (subkey[15] ?? 0) ^ 0x87;
  subkeys.set(key, subkey);
  return subkey;
}

/** A message key from the key and the first half of the nonce (NIST SP 800-108r1 counter mode with CMAC). */
function deriveKey(key: Buffer, nonce: Buffer): Buffer {
  const subkey = cmacSubkey(key);
  const blocks = Buffer.alloc(32);
  for (let counter = 1; counter <= 2; counter += 1) {
    const block = blocks.subarray((counter - 1) * 16, counter * 16);
    block.set([0, counter, 0x58, 0]);
    nonce.copy(block, 4, 0, 12);
    for (let index = 0; index < 16; index += 1) block[index] = (block[index] ?? 0) ^ (subkey[index] ?? 0);
  }
  return encryptBlocks(key, blocks);
}

/** Encrypts under a given nonce; for test vectors. Everything else takes {@link sealBytes}. */
export function encryptWithNonce(
  key: Buffer,
  nonce: Buffer,
  plaintext: Buffer,
  associatedData: Buffer,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', deriveKey(key, nonce), nonce.subarray(12), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(associatedData);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Encrypts with XAES-256-GCM (C2SP, c2sp.org/XAES-256-GCM): AES-256-GCM under a key derived for each message, so
 * that random nonces never collide in practice.
 * @returns nonce (24 bytes), ciphertext, tag (16 bytes)
 */
export function sealBytes(key: Buffer, plaintext: Buffer, associatedData: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  return Buffer.concat([nonce, encryptWithNonce(key, nonce, plaintext, associatedData)]);
}

/** Thrown when bytes do not open: wrong key, wrong place, or changed. Says no more, on purpose. */
export class OpenError extends Error {
  constructor() {
    super('The sealed value does not open with this key in this place.');
    this.name = 'OpenError';
  }
}

/** Opens what {@link sealBytes} sealed. @throws OpenError */
export function openBytes(key: Buffer, sealed: Buffer, associatedData: Buffer): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new OpenError();
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(key, nonce), nonce.subarray(12), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const body = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
    return Buffer.concat([body, decipher.final()]);
  } catch {
    throw new OpenError();
  }
}
