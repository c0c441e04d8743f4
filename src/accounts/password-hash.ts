import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane. */
export const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** How hashes made now begin; the library makes Argon2id of version 1.3 unless told otherwise. */
const PREFIX = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** Composed, as RFC 8265 §4.2 demands, so that the same password typed on another system is the same. */
const comparable = (password: string): string => password.normalize('NFC');

/** A hash in PHC form, with its parameters and a salt of 16 bytes. Takes tens of milliseconds of a thread. */
export const hashPassword = (password: string): Promise<string> => hash(comparable(password), COST);

/** Whether a hash is that of a password, at the cost that the hash names. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, comparable(password));

/** Whether a hash was made at another cost than new ones are. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(PREFIX);

const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replaceAll('=', '');

/** The hash of no password, which costs as much to compare with as any made now. */
export const DECOY = `${PREFIX}${base64(16)}$${base64(32)}`;
