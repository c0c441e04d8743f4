import { invalidField } from '../platform/errors/app-error.js';

/** Most bytes of a password in UTF-8: as many as RSA-OAEP with 3072 bits and SHA-256 carries (RFC 8017 §7.1.1). */
const MAX_BYTES = 318;

/** Bounds in characters, that is code points. */
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;

export type PasswordPolicy = 'default' | 'strict';

/** What `strict` asks for, in the words of an error. */
const COMPOSITION: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\p{Lu}/u, 'an upper-case letter'],
  [/\p{Ll}/u, 'a lower-case letter'],
  [/\d/, 'a digit'],
  [/[!@#$%^&*(),.?":{}|<>]/, 'one of !@#$%^&*(),.?":{}|<>'],
];

/**
 * Refuses what cannot be the password of a project. Says what is missing, never what was given.
 * @param field the field it came in, as the client wrote it
 * @throws AppError VALIDATION_ERROR
 */
export function checkPassword(field: string, password: string, policy: PasswordPolicy): void {
  const characters = [...password].length;
  if (characters < MIN_PASSWORD)
    throw invalidField(field, 'minLength', `A password has at least ${MIN_PASSWORD} characters.`);
  if (characters > MAX_PASSWORD)
    throw invalidField(field, 'maxLength', `A password has at most ${MAX_PASSWORD} characters.`);
  if (Buffer.byteLength(password) > MAX_BYTES)
    throw invalidField(field, 'maxBytes', `A password has at most ${MAX_BYTES} bytes in UTF-8.`);
  if (password.includes('\0') || !password.isWellFormed())
    throw invalidField(field, 'storable', 'A password has neither NUL nor unpaired surrogates.');
  if (policy === 'default') return;
  const missing = COMPOSITION.filter(([pattern]) => !pattern.test(password)).map(([, name]) => name);
  if (missing.length > 0)
    throw invalidField(field, 'composition', `The password lacks ${missing.join(', ')}.`, missing);
}
