import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { KEY_BYTES } from '../xaes.js';

/** How a password became a key, stored beside what that key sealed. */
export interface PasswordDerivation {
  readonly algorithm: 'argon2id';
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
  /** Base64. */
  readonly salt: string;
}

/** RFC 9106 §4, second recommended option: 64 MiB, 3 passes, 4 lanes, a salt of 16 bytes. */
const DERIVATION = { algorithm: 'argon2id', memoryKib: 64 * 1024, iterations: 3, parallelism: 4 } as const;
const SALT_BYTES = 16;

/** Parameters with a salt of their own, for a password that is set now. */
export const newDerivation = (): PasswordDerivation => ({
  ...DERIVATION,
  salt: randomBytes(SALT_BYTES).toString('base64'),
});

/**
 * The key that a password stands for: Argon2id (RFC 9106) of its UTF-8 bytes, composed (NFC, as RFC 8265 §4.2 demands)
 * so that the same password typed on another system is the same. Takes tens of milliseconds and 64 MiB on a thread of
 * libuv's pool, of which there are four: so many can be under way, others wait. The library's default is Argon2id.
 */
export const passwordKey = (password: string, derivation: PasswordDerivation): Promise<Buffer> =>
  hashRaw(password.normalize('NFC'), {
    memoryCost: derivation.memoryKib,
    timeCost: derivation.iterations,
    parallelism: derivation.parallelism,
    outputLen: KEY_BYTES,
    salt: Buffer.from(derivation.salt, 'base64'),
  });
