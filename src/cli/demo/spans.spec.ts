import fc from 'fast-check';
import { linesOf, type Mark, type Span, spansOf, wrap } from './spans.js';

const textOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

const lengthOf = (spans: readonly Span[]): number => [...textOf(spans)].length;

/** A value with astral characters, and marks that are in order and apart. */
const marked = fc
  .array(
    fc.record({ gap: fc.string({ unit: 'grapheme' }), found: fc.string({ unit: 'binary', minLength: 1 }) }),
  )
  .map((parts) => {
    let at = 0;
    const marks = parts.map(({ gap, found }): Mark & { found: string } => {
      const start = at + [...gap].length;
      at = start + [...found].length;
      return { start, end: at, type: 'T', found };
    });
    return { value: parts.map(({ gap, found }) => gap + found).join(''), marks };
  });

const words = fc.stringMatching(/^[a-z🙂]{0,12}( {1,3}[a-zé🙂]{1,30}){0,12}$/u);
const line = fc.array(fc.record({ text: words, type: fc.constantFrom('EMAIL', 'PHONE') }), { maxLength: 5 });

describe('spansOf', () => {
  it('loses nothing and types exactly what is marked', () => {
    fc.assert(
      fc.property(marked, ({ value, marks }) => {
        const spans = spansOf(value, marks);
        expect(textOf(spans)).toBe(value);
        expect(spans.flatMap(({ text, type }) => (type ? [text] : []))).toEqual(
          marks.map(({ found }) => found),
        );
      }),
    );
  });

  it('counts offsets in code points', () => {
    expect(spansOf('🙂 Ana', [{ start: 2, end: 5, type: 'PERSON_NAME' }])).toEqual([
      { text: '🙂 ' },
      { text: 'Ana', type: 'PERSON_NAME' },
    ]);
  });
});

describe('linesOf', () => {
  it('carries a type over a line break', () => {
    expect(linesOf([{ text: 'a\n' }, { text: 'b\n\nc', type: 'T' }])).toEqual([
      [{ text: 'a' }],
      [{ text: 'b', type: 'T' }],
      [],
      [{ text: 'c', type: 'T' }],
    ]);
  });
});

describe('wrap', () => {
  it('keeps every line within the width and every character but blanks, with its type', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 8, max: 40 }), (spans, width) => {
        const lines = wrap(spans, width);
        for (const part of lines) expect(lengthOf(part)).toBeLessThanOrEqual(width);
        const typed = (all: readonly Span[]): string =>
          all.flatMap(({ text, type }) => [...text.replace(/\s/g, '')].map((c) => c + type)).join('');
        expect(typed(lines.flat())).toBe(typed(spans));
      }),
    );
  });

  it('indents what follows as the line is indented', () => {
    const parts = wrap([{ text: '    one two three' }], 12);
    expect(parts.map(textOf)).toEqual(['    one two', '    three']);
  });

  it('leaves a line that fits as it is, blanks at its end included', () => {
    expect(wrap([{ text: 'ends in blanks  ' }], 16)).toEqual([[{ text: 'ends in blanks  ' }]]);
  });
});
