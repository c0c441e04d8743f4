import * as fc from 'fast-check';
import { AppError } from '../platform/errors/app-error.js';
import { checkPassword, type PasswordPolicy } from './project-password.policy.js';

const outcomeOf = (password: string, policy: PasswordPolicy): string => {
  try {
    checkPassword('password', password, policy);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.details?.field} ${error.details?.constraint}: ${error.message}`;
  }
};

describe('a password of a project', () => {
  it.each<[string, string, PasswordPolicy, string]>([
    ['eight characters', 'password', 'default', 'accepted'],
    ['seven', 'passwor', 'default', 'password minLength'],
    ['eight characters of four bytes', '🦊'.repeat(8), 'default', 'accepted'],
    ['seven characters of two units', '🦊'.repeat(7), 'default', 'password minLength'],
    ['128', 'x'.repeat(128), 'default', 'accepted'],
    ['129', 'x'.repeat(129), 'default', 'password maxLength'],
    ['318 bytes', `${'🦊'.repeat(79)}ab`, 'default', 'accepted'],
    ['319 bytes', `${'🦊'.repeat(79)}abc`, 'default', 'password maxBytes'],
    ['NUL', 'pass\0word', 'default', 'password storable'],
    ['half a character', 'password\ud83e', 'default', 'password storable'],
    ['all that strict wants', 'Passw0rd!', 'strict', 'accepted'],
    ['letters of another script', 'Пароль-1!', 'strict', 'accepted'],
    ['no upper case', 'passw0rd!', 'strict', 'lacks an upper-case letter.'],
    ['no lower case', 'PASSW0RD!', 'strict', 'lacks a lower-case letter.'],
    ['no digit', 'Password!', 'strict', 'lacks a digit.'],
    ['no sign', 'Passw0rdd', 'strict', 'lacks one of !@#$%^&*(),.?":{}|<>.'],
    ['another sign', 'Passw0rd-', 'strict', 'lacks one of !@#$%^&*(),.?":{}|<>.'],
    ['small letters alone', 'password', 'strict', 'an upper-case letter, a digit, one of'],
  ])('of %s: %s (%s) is %s', (_, password, policy, expected) => {
    expect(outcomeOf(password, policy)).toContain(expected);
  });

  it('is never shown by what is said of it', () => {
    const unit = fc.constantFrom('Ω', 'ж', 'Ж', '🦊', '\0');
    const text = fc.string({ unit, minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(text, fc.constantFrom<PasswordPolicy>('default', 'strict'), (password, policy) => {
        expect(outcomeOf(password, policy)).not.toContain(password);
      }),
    );
  });
});
