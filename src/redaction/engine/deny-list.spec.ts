import fc from 'fast-check';
import { isWord } from './characters.js';
import { DenyList } from './deny-list.js';

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
        const hits = new DenyList(entries).find(haystack).map(({ start, end }) => [start, end]);
        expect(hits).toEqual(bruteForce(entries, haystack));
      }),
      { numRuns: 500 },
    );
  });
});
