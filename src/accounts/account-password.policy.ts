import { invalidField } from '../platform/errors/app-error.js';
import { type Familiar, weaknessesOf } from '../platform/passwords/password-weakness.js';
import type { PersonalData } from './users/user-card.js';

/** Bounds in characters, that is code points: KeyNest's document has the lower one, NIST SP 800-63B §3.1.1.2 no rule of composition. */
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

/** What others know of somebody, and try first. */
export function familiarOf({ email, profile }: PersonalData): Familiar[] {
  const { username, firstName, lastName } = profile;
  return [
    { text: username, what: 'little but your user name' },
    { text: email, what: 'little but your e-mail address' },
    { text: email.split('@', 1)[0] ?? '', what: 'little but your e-mail address' },
    { text: `${firstName}${lastName}`, what: 'little but your name' },
    { text: firstName, what: 'little but your name' },
    { text: lastName, what: 'little but your name' },
  ];
}

/**
 * Refuses what cannot be the password of an account: too short or long, or among what attackers try first. Says why, never
 * what was given.
 * @throws AppError VALIDATION_ERROR
 */
export function checkAccountPassword(field: string, password: string, familiar: readonly Familiar[]): void {
  const characters = [...password].length;
  if (characters < MIN_PASSWORD)
    throw invalidField(field, 'minLength', `A password has at least ${MIN_PASSWORD} characters.`);
  if (characters > MAX_PASSWORD)
    throw invalidField(field, 'maxLength', `A password has at most ${MAX_PASSWORD} characters.`);
  const [weakness] = weaknessesOf(password, familiar);
  if (weakness) throw invalidField(field, 'weak', `This password is easily guessed. ${weakness}`);
}
