import { Flag, flagsOf } from './gazetteer.js';

describe('lists of names and words', () => {
  it('know names with and without their accents', () => {
    for (const name of [
      'josé',
      'jose',
      'zoë',
      'zoe',
      'łukasz',
      'lukasz',
      'søren',
      'soren',
      'björn',
      'bjorn',
    ]) {
      expect(flagsOf(name) & Flag.First).toBe(Flag.First);
    }
    for (const name of ['smith', 'garcia', 'müller', 'nowak'])
      expect(flagsOf(name) & Flag.Last).toBe(Flag.Last);
  });

  it('know grammatical words, and names that are words too', () => {
    for (const word of ['the', 'an', 'my', 'she', 'in', 'to'])
      expect(flagsOf(word) & Flag.Stop).toBe(Flag.Stop);
    for (const word of ['will', 'may', 'grace', 'mark'])
      expect(flagsOf(word) & Flag.Ambiguous).toBe(Flag.Ambiguous);
  });

  it('tell English words by their endings', () => {
    expect(flagsOf('virtualization')).toBe(Flag.Common);
    expect(flagsOf('xqzv')).toBe(0);
  });
});
