import fc from 'fast-check';
import { runToEnd } from '../engine/cooperation.js';
import type { Finding } from '../engine/finding.js';
import { TokenKeeper } from './token-keeper.js';

const CODE = '7K3M9P2Q4R6S8TVW';
const TOKEN = `PERSON_NAME-${CODE}`;
const explanation = { recognizer: 'test', rule: 'test', baseScore: 1 };

/** A finder that reports the given stretches. */
const finder = (spans: readonly (readonly [number, number])[]) => ({
  *find(): Generator<void, Finding[]> {
    return spans.map(([start, end]) => ({ type: 'URL', start, end, score: 1, explanation }));
  },
});

const kept = (text: string, spans: readonly (readonly [number, number])[]): string[] => {
  const keeper = new TokenKeeper(finder(spans), new Map([[CODE, 'PERSON_NAME']]));
  return runToEnd(keeper.find({ text, labels: [] })).map(({ start, end }) => text.slice(start, end));
};

describe('tokens in a text', () => {
  it('are cut out of what is found around them, and the rest is still found', () => {
    const url = `see https://x.com/${TOKEN}/home, ok`;
    const whole = [4, url.indexOf(',')] as const;
    expect(kept(url, [whole])).toEqual(['https://x.com', 'home']);
    expect(kept(TOKEN, [[0, TOKEN.length]])).toEqual([]);
    expect(
      kept(TOKEN, [
        [3, 15],
        [15, 20],
      ]),
    ).toEqual([]);
    expect(
      kept(`John ${TOKEN} Ada`, [
        [0, 4],
        [5, 9],
        [TOKEN.length + 6, TOKEN.length + 9],
      ]),
    ).toEqual(['John', 'Ada']);
  });

  it('are only those that were issued: a secret in their form is found', () => {
    const forged = `PERSON_NAME-${CODE.slice(0, -1)}X`;
    expect(kept(forged, [[0, forged.length]])).toEqual([forged]);
    expect(kept(`EMAIL-${CODE}`, [[0, 22]])).toEqual([`EMAIL-${CODE}`]);
  });

  it('never lie in what is found, and nothing but signs goes unfound outside of them', () => {
    const part = fc.constantFrom(TOKEN, ' ', 'x', '-', 'word ', '/', 'é');
    fc.assert(
      fc.property(fc.array(part), fc.uniqueArray(fc.nat(60), { maxLength: 8 }), (parts, borders) => {
        const text = parts.join('');
        const sorted = borders.map((border) => Math.min(border, text.length)).sort((a, b) => a - b);
        const spans: [number, number][] = [];
        for (let i = 0; i + 1 < sorted.length; i += 2) {
          const [start = 0, end = 0] = sorted.slice(i, i + 2);
          if (end > start) spans.push([start, end]);
        }
        const keeper = new TokenKeeper(finder(spans), new Map([[CODE, 'PERSON_NAME']]));
        const found = runToEnd(keeper.find({ text, labels: [] }));
        const tokens = [...text.matchAll(new RegExp(`(?<![0-9A-Za-z])${TOKEN}(?![0-9A-Za-z])`, 'g'))];
        const inToken = (at: number) => tokens.some(({ index }) => at >= index && at < index + TOKEN.length);
        const isFound = (at: number) => found.some(({ start, end }) => at >= start && at < end);
        for (let at = 0; at < text.length; at++) {
          const wanted = spans.some(([start, end]) => at >= start && at < end);
          if (inToken(at)) expect(isFound(at)).toBe(false);
          else if (wanted && /[\p{L}\p{Nd}]/u.test(text[at] ?? '')) expect(isFound(at)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
