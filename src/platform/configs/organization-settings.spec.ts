import { DEFAULT_ORGANIZATION_SETTINGS, isAllowedEmail } from './organization-settings.js';

const allowed = (domains: string[], email: string): boolean =>
  isAllowedEmail({ ...DEFAULT_ORGANIZATION_SETTINGS, allowed_email_domains: domains }, email);

describe('isAllowedEmail', () => {
  it.each([
    [[], 'a@anywhere.example', true],
    [['example.com'], 'a@example.com', true],
    [['example.com'], ' A@EXAMPLE.COM ', true],
    [['example.com'], 'a@mail.example.com', true],
    [['example.org', 'example.com'], 'a@example.com', true],
    [['example.com'], 'a@notexample.com', false],
    [['example.com'], 'a@example.com.evil.org', false],
    [['example.com'], 'a@example.com@evil.org', false],
    [['mail.example.com'], 'a@example.com', false],
  ])('of %j has %s: %s', (domains, email, expected) => expect(allowed(domains, email)).toBe(expected));
});
