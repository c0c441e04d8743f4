import { engineName, publicName } from './type-names.js';

describe('type names', () => {
  it.each([
    ['PERSON', 'PERSON_NAME'],
    ['US_SSN', 'SSN'],
    ['EMAIL_ADDRESS', 'EMAIL'],
    ['PHONE_NUMBER', 'PHONE'],
    ['CREDIT_CARD', 'CREDIT_CARD'],
    ['MY_TYPE', 'MY_TYPE'],
  ])('%s is shown as %s, and read in both forms', (engine, shown) => {
    expect(publicName(engine)).toBe(shown);
    expect(engineName(shown)).toBe(engine);
    expect(engineName(engine)).toBe(engine);
    expect(publicName(shown)).toBe(shown);
  });
});
