import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { FingerprintMaker } from './fingerprint.js';
import { FingerprintSearch } from './fingerprint-search.js';
import { arrange, type FingerprintSet, wholesOnly } from './fingerprint-set.js';
import { halfOf } from './hashes.js';

const KEY = createHash('sha256').update('a key').digest();

function runToEnd<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** @param forms whose halves are not noticed */
function setOf(texts: readonly string[], forms: readonly string[] = []): FingerprintSet {
  const maker = new FingerprintMaker(KEY);
  const fingerprints = [
    ...forms.map((text) => maker.make(text)),
    ...texts.map((text) => maker.make(text, true)),
  ];
  return runToEnd(arrange(KEY, fingerprints));
}

/** Near guesses and whole texts of a set in texts that one search reads. */
function count(set: FingerprintSet, ...texts: string[]): [near: number, whole: number] {
  const search = new FingerprintSearch(set);
  const whole = texts.map((text) => runToEnd(search.find(text)).length).reduce((sum, one) => sum + one, 0);
  return [search.nearGuesses, whole];
}

const generated = (seed: number, length = 24): string =>
  createHash('sha512').update(String(seed)).digest('base64').slice(0, length);

const halved = (text: string): string => text.slice(0, halfOf(text.length));

describe('near guesses', () => {
  it('are the first half with anything else behind it, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 23, max: 88 })), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (made, which, before, after) => {
          const texts = made.map(([seed, length]) => generated(seed, length));
          fc.pre(new Set(texts.map((text) => text.slice(0, 12))).size === texts.length);
          const text = texts[which % texts.length] ?? '';
          fc.pre(text[halfOf(text.length)] !== after[0]);
          expect(count(setOf(texts), before + halved(text) + after)).toEqual([1, 0]);
          expect(count(setOf(texts), before + text + after)).toEqual([0, 1]);
          expect(count(setOf(texts), before + halved(text).slice(0, -1))).toEqual([0, 0]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of short texts are sure with twelve right characters, and half of them with eight', () => {
    const text = generated(1, 16);
    const seen = (right: number) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter(
        (shift) => count(setOf([text]), `${'.'.repeat(shift)}${text.slice(0, right)}?????`)[0] === 1,
      ).length;
    expect([7, 8, 9, 10, 11, 12, 15].map(seen)).toEqual([0, 4, 5, 6, 7, 8, 8]);
  });

  it('count each guess once, in all texts of a search', () => {
    const text = generated(1);
    const guesses = Array.from({ length: 50 }, (_, index) => halved(text) + generated(index + 2, 12));
    const set = setOf([text, generated(99)]);
    expect(count(set, guesses.join(' '), ...guesses, `${text} ${halved(text)}`)).toEqual([51, 1]);
  });

  it('are a thousand at most', () => {
    const text = generated(1);
    const guesses = Array.from({ length: 1_100 }, (_, index) => `${halved(text)}${index} `);
    expect(count(setOf([text]), guesses.join('0123456789'))).toEqual([1_000, 0]);
  });

  it('are none where several texts share the half, but one where a text is there twice', () => {
    const half = generated(1, 20);
    const alike = [generated(2, 20), generated(3, 20)].map((rest) => half + rest);
    expect(count(setOf(alike), `${half}!`)).toEqual([0, 0]);
    expect(count(setOf([alike[0] ?? '', alike[0] ?? '']), `${half}!`)).toEqual([1, 0]);
    expect(count(setOf(alike), alike.join(' '))).toEqual([0, 2]);
  });

  it('are none in what is there as a whole in another form, nor of texts whose halves are not asked for', () => {
    const [text, rest] = [generated(1, 40), generated(2, 40)];
    const set = setOf([text], [halved(text) + rest, generated(3)]);
    expect(count(set, ` ${halved(text)}${rest}`)).toEqual([0, 1]);
    expect(count(set, ` ${halved(text)}.${rest}`)).toEqual([1, 0]);
    expect(count(set, `${halved(generated(3))}!`)).toEqual([0, 0]);
    expect(count(setOf([text], [text]), `${halved(text)}.`)).toEqual([1, 0]);
  });

  it('are met where a thousand begin alike, and go on differently within the half', () => {
    const texts = Array.from(
      { length: 1_000 },
      (_, index) => `postgresql://app:${generated(index, 40)}@db/app`,
    );
    const set = setOf(texts);
    for (const text of texts.slice(0, 300)) expect(count(set, `${halved(text)}!`)).toEqual([1, 0]);
    expect(count(set, ...texts.slice(0, 300))).toEqual([0, 300]);
    expect(count(set, 'postgresql://app:password@db/app')).toEqual([0, 0]);
  });

  it('are not in ordinary texts, nor in sets without halves', () => {
    const set = setOf(Array.from({ length: 2_000 }, (_, index) => generated(index)));
    expect(count(set, 'The second edition corrects several figures. '.repeat(5_000))).toEqual([0, 0]);
    const wholes = structuredClone(wholesOnly(set));
    expect(count(wholes, `${halved(generated(7))}! ${generated(8)}`)).toEqual([0, 1]);
  });

  it.each([24, 88, 4_000])('take time in proportion to the text, of texts of %d characters', (length) => {
    const parts = Array.from({ length: Math.ceil(length / 88) }, (_, index) => generated(index, 88));
    const text = parts.join('').slice(0, length);
    const set = setOf([text, `${'XqZ7wK2v'.repeat(length / 8)}!`]);
    const stepsOf = (some: FingerprintSet, unit: string): number => {
      const search = new FingerprintSearch(some);
      runToEnd(search.find(unit.repeat(Math.ceil(30_000 / unit.length))));
      return search.steps;
    };
    for (const unit of [halved(text), `${halved(text)}!`, text.slice(0, -1), 'XqZ7wK2v', 'XqZ7wK2v9'])
      expect(stepsOf(set, unit) - stepsOf(wholesOnly(set), unit)).toBeLessThan(3 * 30_000);
  });
});
