import { webcrypto } from 'node:crypto';
import { MODULUS_BITS } from './ephemeral-key.js';

export type PrivateKey = webcrypto.CryptoKey;

/** RSAES-OAEP (RFC 8017 §7.1) with SHA-256, which WebCrypto takes for MGF1 too, and the empty label. */
const ALGORITHM = { name: 'RSA-OAEP', hash: 'SHA-256' };

const MODULUS_BYTES = MODULUS_BITS / 8;

/** Base64 of as many bytes as the modulus has: their number is a multiple of three, so there is no padding. */
const CIPHERTEXT = new RegExp(`^[A-Za-z0-9+/]{${(MODULUS_BYTES / 3) * 4}}$`);

/** Stands in for what is no ciphertext, so that its refusal costs the same time. Less than every modulus. */
const NO_CIPHERTEXT = Buffer.alloc(MODULUS_BYTES, 1);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param der PKCS #8 */
export const importPrivateKey = (der: Buffer): Promise<PrivateKey> =>
  webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['decrypt']);

/** A key that nobody has the public half of. Takes about a third of a second, off the event loop. */
export async function newDecoy(): Promise<PrivateKey> {
  const size = { modulusLength: MODULUS_BITS, publicExponent: new Uint8Array([1, 0, 1]) };
  return (await webcrypto.subtle.generateKey({ ...ALGORITHM, ...size }, false, ['decrypt', 'encrypt']))
    .privateKey;
}

/**
 * Decrypts one text, off the event loop. Undefined whatever is wrong with it: its base64, its length, its padding, or
 * what it holds, which must be UTF-8 that PostgreSQL and JSON can carry.
 */
export async function decryptText(key: PrivateKey, ciphertext: string): Promise<string | undefined> {
  const isCiphertext = CIPHERTEXT.test(ciphertext);
  const bytes = isCiphertext ? Buffer.from(ciphertext, 'base64') : NO_CIPHERTEXT;
  try {
    const text = utf8.decode(await webcrypto.subtle.decrypt(ALGORITHM.name, key, bytes));
    return isCiphertext && !text.includes('\0') ? text : undefined;
  } catch {
    return undefined;
  }
}
