import { furtherOccurrences } from '../engine/occurrences/further-occurrences.js';
import { isOrdinaryWord } from '../engine/occurrences/ordinary-word.js';
import { ValueIndex } from './pdf/finding/value-index.js';

describe('names that are words', () => {
  it.each([
    ['will', 'PERSON', true],
    ['grace', 'PERSON', true],
    ['Will', 'PERSON', false],
    ['WILL', 'PERSON', false],
    ['zebulon', 'PERSON', false],
    ['will', 'SEARCH_TERM', false],
    ['will smith', 'PERSON', false],
  ])('%s as a %s: %s', (written, type, expected) => {
    expect(isOrdinaryWord(written, type)).toBe(expected);
  });

  const text = 'Mister Will will call. WILL! Then zebulon came.';
  const values = [
    { type: 'PERSON', text: 'Will', confidence: 1 },
    { type: 'PERSON', text: 'Zebulon', confidence: 1 },
  ];
  const written = (found: readonly { start: number; end: number }[]): string[] =>
    found.map(({ start, end }) => text.slice(start, end));

  it('are found again as names, and left where they are words', () => {
    expect(written(furtherOccurrences(text, values))).toEqual(['Will', 'WILL', 'zebulon']);
    const index = new ValueIndex();
    for (const { type, text: value } of values) index.add(value, type);
    expect(written(index.find(text))).toEqual(['Will', 'WILL', 'zebulon']);
  });
});
