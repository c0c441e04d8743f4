import fc from 'fast-check';
import { riskScore } from './risk.js';

const types = fc.array(
  fc.constantFrom('PERSON', 'US_SSN', 'EMAIL_ADDRESS', 'URL', 'API_KEY', 'MY_TYPE', 'OTHER_TYPE'),
);

describe('risk score', () => {
  it('gives the scores of the API samples', () => {
    expect(riskScore(['PERSON', 'US_SSN'])).toBe(0.85);
    expect(riskScore(['PERSON', 'EMAIL_ADDRESS', 'PHONE_NUMBER'])).toBe(0.75);
    expect(riskScore([])).toBe(0);
  });

  it('counts a type once, whatever the order, and never falls with another type', () => {
    fc.assert(
      fc.property(types, types, (some, more) => {
        expect(riskScore([...some, ...some.toReversed()])).toBe(riskScore(new Set(some)));
        expect(riskScore([...some, ...more])).toBeGreaterThanOrEqual(riskScore(some));
        expect(riskScore([...some, ...more])).toBeLessThanOrEqual(1);
      }),
    );
  });
});
