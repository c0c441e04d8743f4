import fc from 'fast-check';
import { runToEnd } from '../cooperation.js';
import { EngineInputError } from '../engine-error.js';
import { CsvDocument } from './csv-document.js';
import { CsvScanner } from './csv-scanner.js';

const fieldsOf = (text: string) =>
  [...new CsvDocument(text).fields()].map(({ path, part, value }) => [path, part, value.text]);

const rewritten = (text: string, replace: (text: string) => string | undefined) =>
  runToEnd(new CsvDocument(text).rewrite(({ value }) => replace(value.text)));

const records = (text: string, delimiter: string): string[][] => {
  const rows: string[][] = [];
  for (const { record, column, text: cell } of new CsvScanner(text, delimiter).cells()) {
    const row = rows[record] ?? [];
    row[column] = cell;
    rows[record] = row;
  }
  return rows;
};

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cellText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.array(fc.constantFrom(...'ab1",;\t|\r\n ', ''), { maxLength: 8 }).map((chars) => chars.join('')),
);

/** A table and its spelling: any delimiter and line end, cells quoted at will where they need not be. */
const table = fc
  .record({
    rows: fc.array(fc.array(fc.tuple(cellText, fc.boolean()), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
    }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    ended: fc.boolean(),
  })
  .map(({ rows, delimiter, lineEnd, ended }) => {
    const spell = ([cell, always]: [string, boolean]) =>
      always || cell === '' || /[",;\t|\r\n\ufeff]/.test(cell) ? quoted(cell) : cell;
    const lines = rows.map((row) => row.map(spell).join(delimiter));
    return {
      cells: rows.map((row) => row.map(([cell]) => cell)),
      delimiter,
      text: lines.join(lineEnd) + (ended ? lineEnd : ''),
    };
  });

describe('CSV text', () => {
  it('reads back every table it is spelled in', () => {
    fc.assert(
      fc.property(table, ({ cells, delimiter, text }) => {
        expect(records(text, delimiter)).toEqual(cells);
        expect(records(`\ufeff${text}`, delimiter)).toEqual(cells);
      }),
      { numRuns: 500 },
    );
  });

  it('names cells by row and header, and labels them with its words', () => {
    const text = 'full_name;SSN;SSN;\r\nJohn;"1;2";3;4;5\r\n\r\nAnn;6\r\n';
    expect(fieldsOf(text)).toEqual([
      ['/full_name', 'key', 'full_name'],
      ['/1', 'key', 'SSN'],
      ['/2', 'key', 'SSN'],
      ['/3', 'key', ''],
      ['/0/full_name', undefined, 'John'],
      ['/0/1', undefined, '1;2'],
      ['/0/2', undefined, '3'],
      ['/0/3', undefined, '4'],
      ['/0/4', undefined, '5'],
      ['/1/full_name', undefined, 'Ann'],
      ['/1/1', undefined, '6'],
    ]);
    const labels = [...new CsvDocument(text).fields()].map(({ value }) => value.labels);
    expect(labels[4]).toEqual(['full_name', 'full', 'name']);
    expect(labels[0]).toEqual([]);
  });

  it.each([
    ['a,b,c\n1,2,3\n', ','],
    ['x;1,5\ny;2,25\nz;3\n', ';'],
    ['id\tnote\n1\ta, b\n2\tc\n', '\t'],
    ['p|q\n"r|s"|t\n', '|'],
    ['only one column\n"a, b"\n', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    const cells = records(text, delimiter);
    expect(fieldsOf(text).map((field) => field[2])).toEqual(cells.flat());
  });

  it.each([
    ['name,email\nJohn,j@x.io', true],
    ['John Smith,Boston\nAnn Lee,Denver', false],
    ['John Smith,555-123-4567\nAnn Lee,555-123-4568', false],
    ['j@x.io,1\nk@x.io,2', false],
    ['ref_a,ref_b\nx,y', true],
    ['Kundennr;Umsatz\n10;20,5', true],
    ['1,2\n3,4', false],
    ['name,phone', true],
  ])('tells whether %j has a header', (text, expected) => {
    expect(fieldsOf(text).some((field) => field[1] === 'key')).toBe(expected);
  });

  it('changes only replaced cells and quotes only where needed', () => {
    const text = 'name,note\r\n John ,"say ""hi"""\r\nAnn,"x"\r\n';
    expect(rewritten(text, () => undefined)).toBe(text);
    expect(rewritten(text, (cell) => (cell === 'Ann' ? '[P]' : undefined))).toBe(text.replace('Ann', '[P]'));
    expect(rewritten(text, (cell) => (cell === 'Ann' ? 'a,"b' : undefined))).toBe(
      text.replace('Ann', '"a,""b"'),
    );
    expect(rewritten(text, (cell) => (cell === 'x' ? 'y' : undefined))).toBe(text.replace('"x"', '"y"'));
    expect(rewritten('a\nb', () => '')).toBe('""\n""');
  });

  it('keeps redacted headers apart', () => {
    const text = 'name,Ann1,Bob1,N\nx,1,2,3\n';
    expect(rewritten(text, (cell) => (/^[AB]/.test(cell) ? 'N' : undefined))).toBe(
      'name,N_2,N_3,N\nx,1,2,3\n',
    );
  });

  it('keeps headers alike that were alike', () => {
    const text = 'name,Ann,Bob,Ann\nx,1,2,3\n';
    expect(rewritten(text, (cell) => (/^[AB]/.test(cell) ? 'N' : undefined))).toBe('name,N,N_2,N\nx,1,2,3\n');
  });

  it('holds exactly the replaced cells after a rewrite, and the rest byte for byte', () => {
    fc.assert(
      fc.property(table, cellText, fc.nat({ max: 3 }), ({ text }, replacement, rest) => {
        const document = new CsvDocument(text);
        expect(runToEnd(document.rewrite(() => undefined))).toBe(text);
        const before = [...document.fields()];
        const after = runToEnd(
          document.rewrite((field, index) =>
            index % 4 === rest && field.part !== 'key' ? replacement : undefined,
          ),
        );
        const { delimiter } = delimiterOf(text);
        const expected = before.map((field, index) =>
          index % 4 === rest && field.part !== 'key' ? replacement : field.value.text,
        );
        expect(records(after, delimiter).flat()).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a,b\n1,"2\n3,4', 2],
    ['a,b\n1,2\n"3"x,4', 3],
  ])('refuses %j with its row', (text, row) => {
    const read = () => [...new CsvDocument(text).fields()];
    expect(read).toThrow(EngineInputError);
    expect(read).toThrow(expect.objectContaining({ code: 'INVALID_CSV', place: { row } }));
  });

  it('reads anything or says why not', () => {
    const soup = fc
      .array(fc.constantFrom(...'ab1",;\t|\r\n', '""', '\ufeff', '\0'))
      .map((chars) => chars.join(''));
    fc.assert(
      fc.property(soup, (text) => {
        try {
          expect(rewritten(text, () => undefined)).toBe(text);
        } catch (error) {
          if (!(error instanceof EngineInputError)) throw error;
          expect(error.code).toBe('INVALID_CSV');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('offers samples of its columns, and votes given there reach the cells', () => {
    const document = new CsvDocument('id,tel\n1,\n2,x\n');
    const [first, second] = document.columns();
    expect(first?.sample.map(({ text }) => text)).toEqual(['1', '2']);
    expect(second?.sample.map(({ text }) => text)).toEqual(['x']);
    second?.addVote('PHONE_NUMBER');
    expect([...document.fields()].at(-1)?.value).toEqual({
      text: 'x',
      labels: ['tel'],
      votes: ['PHONE_NUMBER'],
    });
  });
});

function delimiterOf(text: string): { delimiter: string } {
  const cells = [...new CsvDocument(text).fields()].map(({ value }) => value.text);
  const fits = [',', ';', '\t', '|'].find((delimiter) => {
    try {
      return JSON.stringify(records(text, delimiter).flat()) === JSON.stringify(cells);
    } catch {
      return false;
    }
  });
  return { delimiter: fits ?? ',' };
}
