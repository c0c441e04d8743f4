import { beatsOf, brokenPromises, extracted, tablesOf } from '../testing/extracted.js';

describe('the text of CSV', () => {
  it.each([',', ';', '\t'])('is one table, a record to a line, parted by %j', async (delimiter) => {
    const records = [
      ['name', 'amount', 'note'],
      ['Ada', '12', `"one${delimiter} ""two""\nthree"`],
      ['', '7', ''],
      ['Bob', '', ''],
    ];
    const document = await extracted(records.map((cells) => cells.join(delimiter)).join('\r\n'), 'csv');
    expect(tablesOf(document)).toEqual([
      {
        header: 'name | amount | note',
        rows: [
          'name | amount | note',
          `Ada | 12 | one${delimiter === '\t' ? '' : delimiter} "two" three`,
          '| 7 |',
          'Bob |  |',
        ],
      },
    ]);
    expect(document.text.split('\n')).toHaveLength(records.length);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('has no head where the first record is like the others, and no rows of blanks', async () => {
    const document = await extracted('12.5,2024-01-01\n , \n13,2024-01-02\n', 'csv');
    expect(tablesOf(document)).toEqual([{ header: null, rows: ['12.5 | 2024-01-01', '13 | 2024-01-02'] }]);
  });

  it('is nothing where nothing is said', async () => {
    expect(await extracted(' , \n', 'csv')).toMatchObject({ text: '', tables: [] });
  });

  it('is not silent for long, or long tables were taken for attacks', async () => {
    expect(await beatsOf('1,2\n'.repeat(120_000), 'csv')).toBeGreaterThan(1);
  });

  it('is refused where a cell never ends', async () => {
    await expect(extracted('a,b\n"c,d\n', 'csv')).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
  });
});
