import fc from 'fast-check';
import { sentencesOf } from './sentences.js';

const cut = (text: string): string[] =>
  [...sentencesOf(text)].map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it('end where a writer ends them', () => {
    expect(cut('Dr. Lane met J. R. Fox at 3.15 p.m. today. “Did she?” Yes!\n- first\n- second\n')).toEqual([
      'Dr. Lane met J. R. Fox at 3.15 p.m.',
      'today.',
      '“Did she?”',
      'Yes!',
      '- first',
      '- second',
    ]);
  });

  it('are in order, without white space around them, none too long, and leave out nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Ab', '. ', ' ', '\n', '!', 'x'.repeat(700), '”'), { maxLength: 40 }),
        (parts) => {
          const text = parts.join('');
          let last = 0;
          for (const { start, end } of sentencesOf(text)) {
            expect(text.slice(last, start).trim()).toBe('');
            expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
            expect(end - start).toBeLessThanOrEqual(1_000);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(text.slice(last).trim()).toBe('');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
