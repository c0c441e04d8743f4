import fc from 'fast-check';
import { escapeTemplate, parseTemplate, VARIABLE_NAME, variablesOf } from './template.js';

const names = fc.stringMatching(new RegExp(VARIABLE_NAME)).filter((name) => name.length <= 64);
/** Texts in which braces and backslashes stand as densely as anywhere. */
const texts = fc.string({ unit: fc.constantFrom('{', '}', '\\', 'a', ' ', '\n', 'é', '🚗'), maxLength: 40 });
/** A backslash right before a place would take it for text. */
const betweenPlaces = texts.map((text) => text.replace(/[\\{]+$/, ''));

const literalOf = (content: string): string => {
  const pieces = parseTemplate(content);
  expect(pieces.length).toBeLessThanOrEqual(1);
  return String(pieces[0] ?? '');
};

describe('a template', () => {
  it('gives any text back that was escaped', () => {
    fc.assert(fc.property(texts, (text) => expect(literalOf(escapeTemplate(text))).toBe(text)));
  });

  it('has its places where they were put, blanks within them or not, and all else as it was', () => {
    const place = fc.record({ name: names, before: fc.stringMatching(/^[ \t]{0,3}$/), text: betweenPlaces });
    fc.assert(
      fc.property(betweenPlaces, fc.array(place, { minLength: 1, maxLength: 6 }), (first, places) => {
        const content = places.reduce(
          (all, { name, before, text }) => `${all}{{${before}${name}${before}}}${escapeTemplate(text)}`,
          escapeTemplate(first),
        );
        const expected = [first, ...places.flatMap(({ name, text }) => [{ variable: name }, text])];
        expect(parseTemplate(content)).toEqual(expected.filter((piece) => piece !== ''));
        expect(variablesOf(parseTemplate(content))).toEqual([...new Set(places.map(({ name }) => name))]);
      }),
    );
  });

  it('is read, or refused by what it says of itself, whatever it is', () => {
    const wild = fc.string({
      unit: fc.constantFrom('{{', '}}', '{', '}', '\\', 'x', ' ', '\n', '|'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(wild, (content) => {
        try {
          parseTemplate(content);
        } catch (error) {
          expect(error).toMatchObject({ details: { field: 'content', constraint: 'placeholder' } });
        }
      }),
    );
  });

  it.each([
    ['{{', 'line 1, column 1'],
    ['a\n🚗 {{first name}}', 'line 2, column 3'],
    ['{{ok}} {{1st}}', 'line 1, column 8'],
    ['{{{name}}}', 'line 1, column 1'],
    [`{{${'x'.repeat(65)}}}`, 'line 1, column 1'],
  ])('says where %j has braces that are no place', (content, where) => {
    expect(() => parseTemplate(content)).toThrow(where);
  });

  it('is read in time that grows with its length alone', () => {
    const long = `${'{{a}} '.repeat(20_000)}{{${' '.repeat(20_000)}`;
    expect(() => parseTemplate(long)).toThrow('line 1, column 120001');
    expect(parseTemplate('\\{{'.repeat(30_000))).toHaveLength(1);
  });
});
