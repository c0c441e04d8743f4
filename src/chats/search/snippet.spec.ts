import { type Snippet, snippetOf } from './snippet.js';

const marked = ({ text, highlights }: Snippet): string[] =>
  highlights.map(({ start, end }) => [...text].slice(start, end).join(''));
const find = (text: string, ...terms: string[]) => snippetOf(text, terms, terms);

describe('a passage', () => {
  it('is a short text whole, with white space as single spaces', () => {
    const found = find(' What\n brake\tpads? ', 'brake');
    expect(found).toEqual({ text: 'What brake pads?', highlights: [{ start: 5, end: 10 }] });
  });

  it('counts code points, and takes the marks of a letter with it', () => {
    const found = find('😀😀 Cafe\u0301 now', 'cafe');
    expect(found.highlights).toEqual([{ start: 3, end: 8 }]);
    expect(marked(found)).toEqual(['Cafe\u0301']);
  });

  it('highlights one letter that is compared as two, and phrases over line breaks', () => {
    expect(marked(find('Die Straße ist\nlang', 'strasse ist', 'la'))).toEqual(['Straße ist', 'la']);
    expect(marked(find('Maß', 's'))).toEqual(['ß']);
  });

  it('joins highlights that touch', () => {
    expect(marked(find('abcdef', 'abc', 'bcd', 'ef'))).toEqual(['abcdef']);
  });

  it('of a long text is about 160 characters, cut between words, with what was found in it', () => {
    for (let before = 0; before < 80; before++) {
      const found = find(`${'ab '.repeat(before)}needle${' cdef'.repeat(80 - before)}`, 'needle');
      expect(marked(found)).toEqual(['needle']);
      expect(found.text.length).toBeLessThanOrEqual(160);
      expect(found.text.length).toBeGreaterThan(150);
      expect(found.text).toMatch(/^(ab |needle)[a-z ]*(ab|needle|cdef)$/);
    }
  });

  it('is bounded where there are no words, and shows what is longer whole', () => {
    expect([...find('😀'.repeat(5_000), '😀').text]).toHaveLength(160);
    expect(marked(find('x'.repeat(1_000), 'x'.repeat(400)))).toEqual(['x'.repeat(400)]);
  });

  it('shows the first of the terms that are wanted, not those before', () => {
    const text = `common ${'word '.repeat(100)}rare common`;
    expect(marked(snippetOf(text, ['common', 'rare'], ['rare']))).toEqual(['rare', 'common']);
  });
});
