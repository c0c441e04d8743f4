import { type FoundValue, FurtherOccurrences, furtherOccurrences } from './further-occurrences.js';

const value = (text: string, type = 'PERSON'): FoundValue => ({ type, text, confidence: 0.9 });
const found = (text: string, ...values: string[]): string[] =>
  furtherOccurrences(
    text,
    values.map((literal) => value(literal)),
  ).map(({ start, end }) => text.slice(start, end));

describe('a value once found', () => {
  it.each([
    ['by ZEBULON\u00a0quackenbush.', ['Zebulon Quackenbush'], ['ZEBULON\u00a0quackenbush']],
    ['Anna, Annapolis, Joanna, anna_2', ['Anna'], ['Anna', 'anna']],
    ['Ann Ann', ['Ann'], []],
    ['call +1 (415) 555-0132!', ['+1 (415) 555-0132'], ['+1 (415) 555-0132']],
    ['id 078051120, not 0780511201', ['078-05-1120'], ['078051120']],
    ['de89370400440532013000', ['DE89 3704 0044 0532 0130 00'], ['de89370400440532013000']],
    ['Mary Ann Lee Smith', ['Mary Ann', 'Ann Lee Smith'], ['Mary Ann Lee Smith']],
    ['Mary Ann', ['Mary Ann Lee', 'Mary'], ['Mary']],
    ['Mary Ann Lee', ['Mary', 'Mary Ann Lee'], ['Mary Ann Lee']],
    ['(((( x', ['(((('], ['((((']],
  ])('is found in %j', (text, values, expected) => expect(found(text, ...values)).toEqual(expected));

  it('keeps the type and confidence it was first found with', () => {
    const values = [value('Mary Ann', 'PERSON'), value('mary ann', 'SEARCH_TERM')];
    expect(furtherOccurrences('x Mary Ann', values)).toEqual([
      { type: 'PERSON', confidence: 0.9, start: 2, end: 10 },
    ]);
  });

  it('costs the same whatever many values begin alike', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => value(`John Number${index}`));
    const search = new FurtherOccurrences(names);
    const text = 'John Number7x and John Number9 '.repeat(20_000);
    const started = performance.now();
    expect(search.find(text)).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('ends, however values and text repeat themselves', () => {
    const names = Array.from({ length: 300 }, (_, index) => value('Ann Lee '.repeat(index + 1)));
    const search = new FurtherOccurrences(names, 100_000);
    expect(() => search.find('Ann Lee '.repeat(1_000))).toThrow(
      expect.objectContaining({ code: 'TOO_REPETITIVE' }),
    );
    expect(furtherOccurrences('x'.repeat(20_000), [value('x'.repeat(10_000))])).toEqual([]);
  });
});
