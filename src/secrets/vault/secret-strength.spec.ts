import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { isEligible, isTelling, strengthOf } from './secret-strength.js';

/** What ordinary texts hold too. */
const ORDINARY = [
  'aaaaaaaaaaaa',
  'abcdefghijklmnop',
  'abcabcabcabcabc',
  '123456789012',
  '000000000000000000',
  'localhost:3000',
  'production-eu',
  'development-environment',
  'application/json',
  'us-east-1,us-west-2',
  'https://api.example.com/v1',
  'https://grafana.internal.example.com/dashboards',
  'postgres://localhost:5432/app',
  'redis://redis:6379/0',
  'noreply@example.com',
  'db.prod.internal.example.com',
  '/var/lib/application/data',
  '2024-01-01T00:00:00Z',
  '10.0.0.0/16,10.1.0.0/16',
  '+49 30 1234567-89',
  'My Company Ltd',
  'Europe/Berlin',
  'info,debug,warn',
  'true,false,true,false',
  'AWS_SECRET_ACCESS_KEY',
  '****************',
  'Content-Type, Authorization',
  'short',
  '',
]; // prettier-ignore

const SECRETS = [
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzzzz',
  'hunter2-Xq9!vT',
  'Tr0ub4dor&3xyz',
  'correct horse battery staple',
  'correct-horse-battery-staple',
  'postgresql://app:S3cr3tPassw0rd@db.internal:5432/app',
  'https://hooks.slack.com/services/T024BE7LH/B0G9QF9C6/abcDEF123ghi',
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  'xoxb-17653672481-19874698323',
  '4f3c2e1d0b9a8f7e',
  'mkvzqhdtwyepxs',
  'пароль-очень-длинный',
  '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----',
]; // prettier-ignore

describe('which values are looked for', () => {
  it.each(ORDINARY)('not %j, which ordinary texts hold too', (value) => {
    expect({ value, eligible: isEligible(value), bits: strengthOf(value) }).toMatchObject({
      eligible: false,
    });
  });

  it.each(SECRETS)('%j', (value) => {
    expect({ value, eligible: isEligible(value), bits: strengthOf(value) }).toMatchObject({ eligible: true });
  });

  it.each([
    ['of twelve characters, nearly', 9, 0.03],
    ['of sixteen characters and more', 12, 0],
  ])('every generated one %s', (_, bytes, share) => {
    const encodings = ['base64', 'base64url', 'hex'] as const;
    const values = Array.from({ length: 3_000 }, (_, index) =>
      randomBytes(bytes + (bytes > 9 ? index % 24 : 0)).toString(encodings[index % 3]),
    );
    expect(values.filter((value) => !isEligible(value)).length).toBeLessThanOrEqual(values.length * share);
  });

  it.each([
    ['SERVICE_KEY_PRODUCTION_Xq9vT71mZr4W', false],
    ['https://hooks.example.com/services/production/T024BE7LH9q2xK4', false],
    ['https://x7k2q9-eu.example.com:8443/services/T024BE7LH/B0G9QF9C6zz', false],
    ['postgresql://app:4eC39HqLyjWDarjt@db.internal.example.com', true],
    ['postgresql://app:4eC39HqLyjWDarj@db.internal.example.com:5432/app', true],
    ['correct-horse-battery-staple', false],
    [`eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJodHRwczovL2F1dGguZXhhbXBsZSJ9.${'x9Kq'.repeat(9)}`, false],
    ['4eC39HqLyjWDarjtT1zdp7dc', true],
    ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', true],
    ['Tr0ub4dor&3xyz', true],
  ])('%j, and whether its first half tells that it is known: %p', (value, telling) => {
    expect(isEligible(value)).toBe(true);
    expect(isTelling(value)).toBe(telling);
  });

  it('gives every value a strength', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        expect(strengthOf(value)).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(strengthOf(value))).toBe(true);
      }),
    );
  });
});
