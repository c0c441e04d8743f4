import fc from 'fast-check';
import { FingerprintMaker } from '../platform/fingerprints/fingerprint.js';
import { arrange } from '../platform/fingerprints/fingerprint-set.js';
import { runToEnd } from './engine/cooperation.js';
import { type KnownSecrets, vaultMatcher } from './vault-matcher.js';

const KEY = new Uint8Array(32).fill(7);
const SECRET = 'q9G6c7QmWJYb3Pz8Kx2LrT5vNd4Hs1Uf';

function found(text: string, options: Partial<KnownSecrets> = {}): string[] {
  const fingerprints = runToEnd(arrange(KEY, [new FingerprintMaker(KEY).make(SECRET)]));
  const matches = runToEnd(vaultMatcher({ fingerprints, ...options }).find(text));
  return matches.map(({ start, end }) => text.slice(start, end));
}

describe('an organization’s own values in texts', () => {
  it('are found with the reference that the caller may know', () => {
    const fingerprints = runToEnd(arrange(KEY, [new FingerprintMaker(KEY).make(SECRET)]));
    const of = (referenceOf?: KnownSecrets['referenceOf']) =>
      runToEnd(vaultMatcher({ fingerprints, ...(referenceOf && { referenceOf }) }).find(SECRET));
    expect(of()).toEqual([{ start: 0, end: 32 }]);
    expect(of(() => undefined)).toEqual([{ start: 0, end: 32 }]);
    expect(of((number) => `no. ${number}`)).toEqual([{ start: 0, end: 32, reference: 'no. 0' }]);
  });

  it('are counted where they are guessed at', () => {
    const fingerprints = runToEnd(arrange(KEY, [new FingerprintMaker(KEY).make(SECRET, true)]));
    const matcher = vaultMatcher({ fingerprints });
    const guess = `${SECRET.slice(0, 16)} and more`;
    for (const text of [guess, SECRET, guess, 'ordinary text', `${SECRET.slice(0, 20)}!`])
      runToEnd(matcher.find(text));
    expect(matcher.nearGuesses).toBe(2);
  });

  it('are found over line ends only where pages make them', () => {
    const text = `The key is ${SECRET.slice(0, 20)} \r\n  ${SECRET.slice(20)}.\nAgain ${SECRET}\n`;
    expect(found(text)).toEqual([SECRET]);
    expect(found(text, { wrapped: true })).toEqual([SECRET, text.slice(11, 48)]);
  });

  it('are found wherever line ends divide them', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', ' \n', '\n\n', '\n\t ');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(31), lineEnd), { maxLength: 5 }), fc.string(), (cuts, around) => {
        const characters = [...SECRET];
        for (const [at, end] of cuts) characters[at] += end;
        const written = characters.join('').trimEnd();
        const [match = ''] = found(`${around}<${written}>\n${around}`, { wrapped: true });
        expect(match).toBe(written);
      }),
    );
  });
});
