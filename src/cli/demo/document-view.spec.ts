import fc from 'fast-check';
import type { ProcessedEntity } from './demo-client.js';
import { viewDocument } from './document-view.js';
import { marksAfter, marksBefore } from './marks.js';
import type { Span } from './spans.js';

const textOf = (lines: readonly Span[][]): string =>
  lines.map((line) => line.map(({ text }) => text).join('')).join('\n');

const typedOf = (lines: readonly Span[][]): string[] =>
  lines.flat().flatMap(({ text, type }) => (type ? [text] : []));

function entity(path: string | undefined, start: number, text: string, replacement: string): ProcessedEntity {
  const end = start + [...text].length;
  return { ...(path !== undefined && { path }), text, start, end, type: 'T', confidence: 1, replacement };
}

describe('viewDocument', () => {
  it('shows any JSON value as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(textOf(viewDocument(value, 'json', new Map()))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('marks within values, whatever their keys and escapes', () => {
    const value = { 'a/b~c': ['say "hi" to Ana'] };
    const marks = marksBefore([entity('/a~1b~0c/0', 4, '"hi"', '[X]')]);
    expect(typedOf(viewDocument(value, 'json', marks))).toEqual(['\\"hi\\"']);
  });

  it('marks cells of a table by row and column name', () => {
    const marks = marksBefore([entity('/1/name', 0, 'Bo', '[X]')]);
    const lines = viewDocument('id,name\n1,Al\n2,Bo\n', 'csv', marks);
    expect(textOf(lines)).toBe('id,name\n1,Al\n2,Bo');
    expect(typedOf(lines)).toEqual(['Bo']);
  });

  it('marks a text before and after, when replacements are longer or shorter', () => {
    const values = fc.array(
      fc.tuple(
        fc.string({ unit: 'binary' }),
        fc.stringMatching(/^[a-z🙂]{1,9}$/u),
        fc.stringMatching(/^[A-Z🙃]{1,9}$/u),
      ),
    );
    fc.assert(
      fc.property(values, (parts) => {
        let at = 0;
        const entities = parts.map(([gap, found, replacement]) => {
          const made = entity(undefined, at + [...gap].length, found, replacement);
          at = made.end;
          return made;
        });
        const before = parts.map(([gap, found]) => gap + found).join('');
        const after = parts.map(([gap, , replacement]) => gap + replacement).join('');
        expect(typedOf(viewDocument(before, 'text', marksBefore(entities)))).toEqual(
          parts.map(([, found]) => found),
        );
        expect(typedOf(viewDocument(after, 'text', marksAfter([...entities].reverse())))).toEqual(
          parts.map(([, , replacement]) => replacement),
        );
      }),
    );
  });
});
