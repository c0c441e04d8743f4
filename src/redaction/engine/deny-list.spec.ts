import fc from 'fast-check';
import { isWord } from './characters.js';
import { runToEnd } from './cooperation.js';
import { DenyList } from './deny-list.js';
import { EngineInputError } from './engine-error.js';

/** Longest entry ending at each place, found by trying every entry everywhere. */
function bruteForce(entries: readonly string[], text: string): [number, number][] {
  const hits: [number, number][] = [];
  for (let end = 1; end <= text.length; end++) {
    const fits = entries.filter((entry) => {
      const start = end - entry.length;
      if (entry === '' || start < 0 || text.slice(start, end) !== entry) return false;
      const open = start > 0 && isWord(text.charCodeAt(start)) && isWord(text.charCodeAt(start - 1));
      const close = end < text.length && isWord(text.charCodeAt(end - 1)) && isWord(text.charCodeAt(end));
      return !open && !close;
    });
    const longest = Math.max(0, ...fits.map(({ length }) => length));
    if (longest > 0) hits.push([end - longest, end]);
  }
  return hits;
}

describe('deny list', () => {
  it('finds what trying every entry everywhere finds', () => {
    const small = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', 'é'), maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(small, { maxLength: 8 }), text, (entries, haystack) => {
        const hits = runToEnd(new DenyList(entries).find(haystack)).map(({ start, end }) => [start, end]);
        expect(hits).toEqual(bruteForce(entries, haystack));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a hostile deny list', () => {
  it('is built and searched in pieces, whatever its entries share', () => {
    const entries = Array.from({ length: 200 }, (_, index) => 'a'.repeat(index + 1));
    const search = new DenyList(entries).find('a'.repeat(200_000));
    let pauses = 0;
    for (let step = search.next(); step.done !== true; step = search.next()) pauses++;
    // 200,000 characters of up to 200 steps each, in slices of 32,768 steps.
    expect(pauses).toBeGreaterThan(1_000);
  });

  it('is refused, not handed out in part, when it finds more than an answer can carry', () => {
    const search = new DenyList(['a']).find('a '.repeat(300_000));
    expect(() => runToEnd(search)).toThrow(EngineInputError);
  });
});
