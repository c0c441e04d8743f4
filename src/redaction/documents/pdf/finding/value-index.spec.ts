import { ValueIndex } from './value-index.js';

function found(values: string[], text: string): string[] {
  const index = new ValueIndex();
  for (const value of values) index.add(value, 'X');
  return index.find(text).map(({ start, end }) => text.slice(start, end));
}

describe('values that stand elsewhere', () => {
  it.each([
    ['in another case', 'Anna Berg', 'ANNA BERG', ['ANNA BERG']],
    ['with other signs between', '078-05-1120', 'No. 078 05 1120.', ['078 05 1120']],
    ['with none between', '078-05-1120', 'No. 078051120.', ['078051120']],
    ['over a line end', 'Anna Berg', 'Anna\r\nBerg', ['Anna\r\nBerg']],
    ['in full width', 'Anna', 'Ａｎｎａ', ['Ａｎｎａ']],
    ['within a longer word', 'Rose', 'Rosemary and Primrose', []],
    ['too far apart', 'Anna Berg', 'Anna      Berg', []],
    ['too short to say anything', 'Al', 'Al', []],
  ])('%s', (_, value, text, expected) => {
    expect(found([value], text)).toEqual(expected);
  });

  it('are found in their longest form, and no part twice', () => {
    expect(found(['Anna', 'Anna Berg', 'Anna Berg Holm'], 'Anna Berg Holm, Anna Berger')).toEqual([
      'Anna Berg Holm',
      'Anna',
    ]);
  });

  it('are found in any script', () => {
    expect(found(['Жанна Петрова', '山田太郎'], 'жанна петрова и 山田太郎')).toEqual([
      'жанна петрова',
      '山田太郎',
    ]);
  });

  it('cost no more when there are many that begin alike', () => {
    const values = Array.from({ length: 20_000 }, (_, index) => `555-${index}`);
    expect(found(values, values.join(' '.repeat(9)))).toHaveLength(20_000);
  });
});
