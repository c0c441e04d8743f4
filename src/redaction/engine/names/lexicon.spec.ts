import { AMBIGUOUS, COMMON, FIRST, LAST, lookUpName, withoutAccents } from './lexicon.js';

describe('lexicon', () => {
  it('knows names with and without their accents', () => {
    for (const name of ['José', 'Zoë', 'Łukasz', 'Søren', 'Björn']) {
      const lower = name.toLowerCase();
      expect(lookUpName(lower) & FIRST).toBe(FIRST);
      expect(lookUpName(withoutAccents(lower)) & FIRST).toBe(FIRST);
    }
  });

  it('knows family names', () => {
    for (const name of ['smith', 'garcia', 'müller', 'nowak']) expect(lookUpName(name) & LAST).toBe(LAST);
  });

  it('takes no grammatical word for a name, whatever the lists say', () => {
    for (const word of ['the', 'an', 'my', 'she', 'in', 'to']) expect(lookUpName(word)).toBe(COMMON);
  });

  it('marks names that are words too', () => {
    for (const word of ['will', 'may', 'grace', 'mark']) {
      expect(lookUpName(word) & AMBIGUOUS).toBe(AMBIGUOUS);
      expect(lookUpName(word) & COMMON).toBe(0);
    }
  });

  it('tells English words by their endings', () => {
    expect(lookUpName('virtualization')).toBe(COMMON);
    expect(lookUpName('xqzv')).toBe(0);
  });
});
