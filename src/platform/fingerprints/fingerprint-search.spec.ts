import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FingerprintMaker } from './fingerprint.js';
import { type FingerprintMatch, FingerprintSearch } from './fingerprint-search.js';
import { arrange, type FingerprintSet } from './fingerprint-set.js';

const KEY = createHash('sha256').update('a key').digest();

function runToEnd<T>(work: Generator<void, T>): { result: T; pauses: number } {
  let pauses = 0;
  for (;;) {
    const step = work.next();
    if (step.done === true) return { result: step.value, pauses };
    pauses++;
  }
}

function setOf(texts: readonly string[], key: Uint8Array = KEY): FingerprintSet {
  const maker = new FingerprintMaker(key);
  return runToEnd(
    arrange(
      key,
      texts.map((text) => maker.make(text)),
    ),
  ).result;
}

const find = (set: FingerprintSet, text: string): FingerprintMatch[] =>
  runToEnd(new FingerprintSearch(set).find(text)).result;

/** What a plain look finds: all places of all texts. */
function placesOf(texts: readonly string[], text: string): string[] {
  const places = new Set<string>();
  for (const known of texts)
    for (let at = text.indexOf(known); at >= 0; at = text.indexOf(known, at + 1))
      places.add(`${at}-${at + known.length}`);
  return [...places].sort();
}

const spans = (matches: readonly FingerprintMatch[]): string[] =>
  matches.map(({ start, end }) => `${start}-${end}`).sort();

const generated = (seed: number, length = 24): string =>
  createHash('sha512').update(String(seed)).digest('base64').slice(0, length);

describe('texts found by their fingerprints', () => {
  it('are found at every place, in short and in long texts', () => {
    const secret = generated(1, 12);
    const set = setOf([secret]);
    for (const size of [0, 150, 24_570, 60_000]) {
      for (let shift = 0; shift < 14; shift++) {
        const text = `${'.'.repeat(size + shift)}${secret}${'x'.repeat(shift % 3)}`;
        expect(find(set, text)).toEqual([{ start: size + shift, end: size + shift + 12, number: 0 }]);
      }
    }
  });

  it('are exactly those that a plain look finds', () => {
    const part = fc.constantFrom('ab', 'ba', 'abc', 'Xy', '_', '\u{1F600}', '\ud800', 'é', '\0', '\n');
    const known = fc.array(part, { minLength: 12, maxLength: 40 }).map((parts) => parts.join(''));
    const filler = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(known, { minLength: 1, maxLength: 12 }),
        fc.array(fc.tuple(filler, fc.nat(), fc.nat(3)), { maxLength: 12 }),
        (texts, pieces) => {
          const text = pieces
            .map(([before, which, cut]) => {
              const planted = texts[which % texts.length] ?? '';
              return before + planted.slice(0, planted.length - (cut === 3 ? 1 : 0));
            })
            .join('');
          expect(spans(find(setOf(texts), text))).toEqual(placesOf(texts, text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are all of thousands, and nothing else', () => {
    const texts = Array.from({ length: 4_000 }, (_, index) => generated(index, 12 + (index % 50)));
    const set = setOf(texts);
    const parts = texts.flatMap((text, index) =>
      index % 50 === 0 ? [text, ' and\n'] : [generated(-index), ' '],
    );
    const text = parts.join('');
    const found = find(set, text);
    expect(spans(found)).toEqual(
      placesOf(
        texts.filter((_, index) => index % 50 === 0),
        text,
      ),
    );
    for (const { start, end, number } of found) expect(text.slice(start, end)).toBe(texts[number]);
    expect(find(set, 'Rain fell in the northern valleys, and nobody minded. '.repeat(5_000))).toEqual([]);
  });

  it('are told apart by one character anywhere', () => {
    const secret = generated(2, 88) + generated(3, 88);
    const set = setOf([secret]);
    for (let at = 0; at < secret.length; at++)
      expect(find(set, `${secret.slice(0, at)}!${secret.slice(at + 1)}`)).toEqual([]);
    expect(find(set, secret)).toHaveLength(1);
  });

  it('count once where two of them are the same', () => {
    const set = setOf([generated(4), generated(5), generated(4)]);
    expect(find(set, `${generated(4)} ${generated(5)}`).map(({ number }) => number)).toEqual([0, 1]);
  });

  it('are not found under another key, nor in an empty set', () => {
    expect(find({ ...setOf([generated(6)]), key: new Uint8Array(32) }, generated(6))).toEqual([]);
    expect(find(setOf([]), generated(6))).toEqual([]);
  });

  it('cannot be shorter than twelve characters', () => {
    expect(() => new FingerprintMaker(KEY).make('elevenchars')).toThrow(RangeError);
  });

  it('are found by whoever gets a copy of the set', () => {
    const set = structuredClone(setOf([generated(7)]));
    expect(find(set, `<${generated(7)}>`)).toEqual([{ start: 1, end: 25, number: 0 }]);
  });
});

describe('the work of finding', () => {
  const prefix = 'postgresql://application:';
  const alike = Array.from({ length: 2_000 }, (_, index) => `${prefix}${index}@db/${index}`);
  const long =
    generated(8, 80).repeat(1) + Array.from({ length: 500 }, (_, index) => generated(index)).join('');
  const set = setOf([
    ...alike,
    long,
    `${long}!`,
    ...['1234', '5678', '9999'].map((end) => `production-${end}`),
  ]);

  it.each([
    ['of a beginning that two thousand share', prefix],
    ['of one of them without its end', alike[0]?.slice(0, -1) ?? ''],
    ['of a part of a long one', long.slice(0, 4_000)],
    ['of a short beginning', 'production-'],
    ['of one character', 'a'],
    ['of texts that are found', `${alike[77]} `],
  ])('is in proportion to a text that consists %s', (_, unit) => {
    const text = unit.repeat(Math.ceil(150_000 / unit.length));
    const search = new FingerprintSearch(set);
    const { pauses } = runToEnd(search.find(text));
    expect(search.steps).toBeLessThan(4 * text.length);
    expect(pauses).toBeGreaterThanOrEqual(search.steps / 100_000);
  });

  it('is an eighth of an ordinary text, whatever the number of fingerprints', () => {
    const text = 'The second edition corrects several figures and adds a chapter. '.repeat(10_000);
    const search = new FingerprintSearch(set);
    runToEnd(search.find(text));
    expect(search.steps).toBeLessThan(0.15 * text.length);
  });
});
