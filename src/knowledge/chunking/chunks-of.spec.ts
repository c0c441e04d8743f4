import fc from 'fast-check';
import { growthOf } from '../../platform/testing/processor-time.js';
import type { ChunkedDocument } from './chunk.js';
import { chunksOf } from './chunks-of.js';

const document = (text: string, more: Partial<ChunkedDocument> = {}): ChunkedDocument => ({
  text,
  pages: [],
  headings: [],
  ...more,
});

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom(
    'Dr.',
    'end.',
    '# a',
    '---',
    '- x',
    '。',
    'a|b',
    '😀'.repeat(80),
    'x'.repeat(1_500),
    '\u0301',
  ),
);
const gap = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '\n\n---\n\n');

/** Texts with titles and pages anywhere between their lines. */
const documents = fc
  .tuple(
    fc.array(fc.tuple(word, gap), { maxLength: 200 }),
    fc.array(fc.nat(50), { maxLength: 10 }),
    fc.array(fc.nat(6)),
  )
  .map(([pieces, places, levels]) => {
    const text = pieces.flat().join('').trim();
    const lines = [...text.matchAll(/^.*\S.*$/gm)].map(({ 0: line, index }) => ({
      index,
      length: line.length,
    }));
    const chosen = [...new Set(places)].sort((a, b) => a - b).flatMap((at) => lines[at] ?? []);
    return document(text, {
      headings: chosen.map(({ index, length }, at) => ({
        start: index,
        end: index + length,
        level: ((levels[at] ?? 0) % 6) + 1,
      })),
      pages:
        text === ''
          ? []
          : [0, ...chosen.map(({ index }) => index)].map((start, at) => ({ number: at + 1, start })),
    });
  });

const sizes = fc
  .tuple(fc.integer({ min: 100, max: 1_200 }), fc.integer({ min: 0, max: 50 }))
  .map(([size, percent]) => ({ size, overlap: Math.floor((size * percent) / 100) }));

describe('the chunks of a document', () => {
  it('hold everything but blanks, in order, none longer than the size, no character cut', () => {
    fc.assert(
      fc.property(documents, sizes, (made, { size, overlap }) => {
        const chunks = chunksOf(made, { size, overlap });
        const covered = new Uint8Array(made.text.length);
        let [before, beforeEnd] = [-1, -1];
        for (const { start, end } of chunks) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeGreaterThan(beforeEnd);
          expect(end - start).toBeLessThanOrEqual(size);
          expect(beforeEnd - start).toBeLessThanOrEqual(overlap);
          expect(made.text.slice(start, end)).toBe(made.text.slice(start, end).trim().toWellFormed());
          covered.fill(1, start, end);
          [before, beforeEnd] = [start, end];
        }
        const missed =
          [...made.text].length > 0 && covered.some((is, at) => !is && /\S/.test(made.text.charAt(at)));
        expect(missed).toBe(false);
        expect(chunksOf(made, { size, overlap })).toEqual(chunks);
      }),
      { numRuns: 300 },
    );
  });

  it('name the page and the titles that they stand under', () => {
    fc.assert(
      fc.property(documents, sizes, (made, chosen) => {
        for (const { end, start, page, lastPage, headings } of chunksOf(made, chosen)) {
          const above: { level: number; title: string }[] = [];
          for (const heading of made.headings) {
            if (heading.start >= end) break;
            while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop();
            above.push({ level: heading.level, title: made.text.slice(heading.start, heading.end) });
          }
          expect(headings).toEqual(above.map(({ title }) => title));
          expect(page).toBe(made.pages.findLast((known) => known.start <= start)?.number);
          expect(lastPage).toBe(made.pages.findLast((known) => known.start < end)?.number);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('end where sentences do, and begin with the last one before', () => {
    const text = Array.from({ length: 40 }, (_, at) => `Sentence number ${at} says little.`).join(' ');
    const parts = chunksOf(document(text), { size: 200, overlap: 50 }).map(({ start, end }) =>
      text.slice(start, end),
    );
    expect(parts.length).toBeGreaterThan(5);
    for (const part of parts) expect(part).toMatch(/^Sentence .* little\.$/);
    for (const [at, part] of parts.entries()) if (at > 0) expect(parts[at - 1]).toContain(part.slice(0, 30));
  });

  it('cut no row of a table, and carry the names of its columns', () => {
    const header = 'Name | Amount';
    const rows = Array.from({ length: 60 }, (_, at) => `Customer number ${at} | ${at * 7}`);
    const text = [header, ...rows].join('\n');
    const tables = [{ start: 0, end: text.length, header: { start: 0, end: header.length } }];
    const chunks = chunksOf(document(text, { tables }), { size: 300, overlap: 100 });
    expect(chunks.flatMap(({ start, end }) => text.slice(start, end).split('\n'))).toEqual([header, ...rows]);
    expect(chunks.map(({ context }) => context)).toEqual(['', ...chunks.slice(1).map(() => header)]);
    expect(chunks.length).toBeGreaterThan(3);
  });

  it.each([
    [99, 0],
    [8_001, 0],
    [1_000, 501],
    [1_000, -1],
    [100.5, 0],
  ])('are refused of size %s with overlap %s', (size, overlap) => {
    expect(() => chunksOf(document('a'), { size, overlap })).toThrow(RangeError);
  });

  it.each(['x', 'x ', 'x\n', 'x\n\n', 'x. ', '---\n\n', '\u0301', '# a\n\n'])(
    'of a text of nothing but %j take time that grows with its length',
    (unit) => {
      const cut = (length: number) => (): void => {
        expect(chunksOf(document(unit.repeat(length / unit.length))).length).toBeGreaterThan(length / 1_100);
      };
      // Eight times the text takes eight times as long, and sixty-four times where the time grew with its square.
      expect(growthOf(cut(6_000), cut(48_000))).toBeLessThan(32);
    },
  );
});
