import { AppError } from '../platform/errors/app-error.js';
import { checkAccountPassword, familiarOf } from './account-password.policy.js';

const JOHN = {
  email: 'j.doe@example.org',
  profile: { username: 'johnny_7', firstName: 'John', lastName: 'Doerrie' },
};

const outcomeOf = (password: string): string => {
  try {
    checkAccountPassword('password', password, familiarOf(JOHN));
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.details?.constraint}: ${error.message}`;
  }
};

describe('the password of an account', () => {
  it.each([
    ['seven c', 'minLength'],
    ['🦊🐻🌍🎈🧭🪁🛶🧊', 'accepted'],
    ['x'.repeat(129), 'maxLength'],
    [`violet umbrella at dawn ${'.,:;-+'.repeat(17)}`, 'accepted'],
    ['securepassword123', 'accepted'],
    ['violet umbrella', 'accepted'],
    ['password1', 'weak'],
    ['Welcome2026!', 'weak'],
    ['abcdefgh1', 'weak'],
    ['aaaaaaaaaaaa', 'weak'],
    ['johnny_7!', 'your user name'],
    ['J.Doe@example.org', 'your e-mail address'],
    ['john1234', 'your name'],
    ['JohnDoerrie', 'your name'],
    ['Johnathan sings', 'accepted'],
  ])('%s: %s', (password, expected) => {
    expect(outcomeOf(password)).toContain(expected);
    expect(outcomeOf(password)).not.toContain(password);
  });
});
