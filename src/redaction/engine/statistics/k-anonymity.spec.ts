import fc from 'fast-check';
import { EngineInputError } from '../engine-error.js';
import { CsvScanner } from '../structure/csv-scanner.js';
import type { JsonValue } from '../structure/json-event.js';
import type { AnonymityOptions } from './anonymity-options.js';
import { isMissing, readColumn } from './cell-values.js';
import { StatisticsError } from './statistics-error.js';
import { releaseOf, rowsOf } from './testing/tables.js';

const QUASI = ['age', 'born', 'zip', 'sex'];

/** A row of a synthetic register; the serial number tells rows apart without being personal. */
const person = fc.record({
  age: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 18, max: 90 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('', '?') },
  ),
  born: fc
    .date({ min: new Date('1930-01-01'), max: new Date('2007-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  zip: fc.constantFrom('02138', '02139', '02141', '02142', '10001', '10002', '60601'),
  sex: fc.constantFrom('F', 'M', 'other'),
  illness: fc.constantFrom('flu', 'cold', 'asthma', 'gout', ''),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;
const register = fc.array(person, { minLength: 1, maxLength: 60 });

const names = ['serial', ...QUASI, 'illness'];
const spelled = (people: readonly Person[]) =>
  people.map((one, serial): Record<string, string> => ({ serial: `s${serial}s`, ...one }));
const csvOf = (people: readonly Person[]): string =>
  [names, ...spelled(people).map((row) => names.map((name) => row[name] ?? ''))]
    .map((line) => line.join(','))
    .join('\n');

/** Whether a value is one of those that a released description stands for. */
function covers(description: string, value: string): boolean {
  if (description === value || description === '*') return true;
  const [low, high] = description.split('..');
  if (low !== undefined && high !== undefined) {
    const isYears = value.includes('-');
    const place = Number(isYears ? value.slice(0, 4) : value);
    return Number(low) <= place && place <= Number(high);
  }
  if (description.startsWith('{')) return description.slice(1, -1).split('/').includes(value);
  const prefix = description.replace(/\*+$/, '');
  const isShort = description.endsWith('*')
    ? description.length === value.length
    : /^\d{4}(-\d\d)?$/.test(description);
  return isShort && value.startsWith(prefix);
}

function released(people: readonly Person[], options: Partial<AnonymityOptions>) {
  try {
    return releaseOf(csvOf(people), 'csv', { quasiIdentifiers: QUASI, sensitive: ['illness'], ...options });
  } catch (error) {
    if (error instanceof StatisticsError && error.code === 'TABLE_UNSUITABLE') return undefined;
    throw error;
  }
}

const classesOf = (rows: readonly (readonly (string | undefined)[])[]) => {
  const classes = new Map<string, string[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.slice(1, 1 + QUASI.length));
    classes.set(key, [...(classes.get(key) ?? []), row.at(-1) ?? '']);
  }
  return [...classes.values()];
};

/** Data rows of a text whose cells are divided by commas. */
function recordsOf(text: string): (string | undefined)[][] {
  const records: (string | undefined)[][] = [];
  for (const { record, column, text: cell } of new CsvScanner(text, ',').cells()) {
    const row = records[record] ?? [];
    row[column] = cell;
    records[record] = row;
  }
  return records.slice(1);
}

describe('k-anonymity', () => {
  it('keeps its definitions: k rows and l sensitive values a class, every value within its description, no row invented', () => {
    let releases = 0;
    fc.assert(
      fc.property(
        register,
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(0, 0.05, 0.5),
        (people, k, l, maxSuppression) => {
          const release = released(people, { k, l, maxSuppression });
          const distinct = new Set(people.map(({ illness }) => illness).filter((illness) => illness !== ''));
          expect(release === undefined).toBe(people.length < k || (l > 1 && distinct.size < l));
          if (!release) return;
          releases++;
          const rows = rowsOf(release.processed, 'csv', names);
          const classes = classesOf(rows);
          const diversity = classes.map(
            (illnesses) => new Set(illnesses.filter((illness) => !isMissing(illness))).size,
          );
          expect(Math.min(...classes.map(({ length }) => length))).toBeGreaterThanOrEqual(k);
          if (l > 1) expect(Math.min(...diversity)).toBeGreaterThanOrEqual(l);
          expect(release.report).toMatchObject({
            k: Math.min(...classes.map(({ length }) => length)),
            l: Math.min(...diversity),
            classes: classes.length,
            rows: { read: people.length, released: rows.length, suppressed: people.length - rows.length },
          });
          expect(people.length - rows.length).toBeLessThanOrEqual(people.length * maxSuppression);
          const sources = new Map(spelled(people).map((row) => [row.serial, row]));
          for (const [serial = '', ...cells] of rows) {
            const source = sources.get(serial);
            expect(source).toBeDefined();
            sources.delete(serial);
            for (const [index, name] of QUASI.entries())
              expect([
                cells[index],
                source?.[name],
                covers(cells[index] ?? '', source?.[name] ?? ''),
              ]).toEqual([cells[index], source?.[name], true]);
            expect(cells.at(-1)).toBe(source?.illness);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(releases).toBeGreaterThan(100);
  });

  it('says the same of a table as CSV, as JSON text and as a JSON value', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 4, maxLength: 30 }), (people) => {
        const options = { quasiIdentifiers: QUASI, sensitive: ['illness'], maxSuppression: 0.2 };
        const value = releaseOf(spelled(people), undefined, options).processed as JsonValue;
        const text = releaseOf(JSON.stringify(spelled(people)), 'json', options).processed;
        const csv = releaseOf(csvOf(people), 'csv', options).processed;
        expect(JSON.parse(text as string)).toEqual(value);
        expect(rowsOf(csv, 'csv', names)).toEqual(rowsOf(value));
      }),
      { numRuns: 100 },
    );
  });

  it('leaves header, order and untouched cells byte for byte', () => {
    const text = '\ufeffzip;note;"age"\r\n02138;"a ""b""";30\r\n02138; c ;31\r\n02138;d;30\r\n02138;e;31\r\n';
    const { processed } = releaseOf(text, 'csv', { k: 4, quasiIdentifiers: ['zip', 'age'] });
    expect(processed).toBe(text.replaceAll(/;3[01]/g, ';30..31'));
  });

  it('tells rows of a class not even apart by quotes or types', () => {
    const { processed } = releaseOf('zip,x\n"02138",1\n02138,2\n', 'csv', { quasiIdentifiers: ['zip'] });
    expect(processed).toBe('zip,x\n02138,1\n02138,2\n');
    const typed = releaseOf([{ age: 30 }, { age: '30' }], undefined, { quasiIdentifiers: ['age'] });
    expect(typed.processed).toEqual([{ age: '30' }, { age: '30' }]);
  });

  it('takes direct identifiers out, whole columns and single ones, also in sensitive columns', () => {
    const rows = Array.from({ length: 6 }, (_, index) => ({
      full_name: 'Maria Garcia',
      contact: `maria${index}@example.com`,
      age: 30 + index,
      remark: index === 3 ? 'call 555-123-4567 today' : 'fine',
      illness: index === 4 ? 'told john@example.com' : 'flu',
    }));
    const { processed, left } = releaseOf(rows, undefined, { sensitive: ['illness'] });
    expect(JSON.stringify(processed)).not.toMatch(/Maria|example\.com|555/);
    expect(processed).toContainEqual(
      expect.objectContaining({ full_name: '*', contact: '*', remark: 'call [PHONE] today' }),
    );
    expect(left).toEqual([]);
  });

  it('infers quasi-identifiers, and reports what it inferred and what the caller left out', () => {
    const rows = Array.from({ length: 8 }, (_, index) => ({
      age: index,
      city: 'Boston',
      born: `199${index}-01-01`,
      x: index,
    }));
    const inferred = releaseOf(rows, undefined, {}).report.columns;
    expect(inferred.filter(({ role }) => role === 'quasi_identifier').map(({ name }) => name)).toEqual([
      'age',
      'city',
      'born',
    ]);
    expect(inferred.every((column) => column.inferred && !column.uncovered)).toBe(true);
    const given = releaseOf(rows, undefined, { quasiIdentifiers: ['age'] }).report.columns;
    expect(given.filter(({ uncovered }) => uncovered).map(({ name }) => name)).toEqual(['city', 'born']);
    expect(given.find(({ name }) => name === 'age')?.inferred).toBe(false);
  });

  it('gives up an outlier that would cost its class more than it tells, within the bound', () => {
    const rows = [30, 31, 32, 33, 34, 99].map((age) => ({ age }));
    const options = { k: 5, quasiIdentifiers: ['age'] };
    expect(releaseOf(rows, undefined, { ...options, maxSuppression: 0.2 }).report.rows.suppressed).toBe(1);
    expect(releaseOf(rows, undefined, { ...options, maxSuppression: 0 }).report.rows.suppressed).toBe(0);
  });

  it.each<[string, JsonValue, 'csv' | 'json' | 'text' | undefined, string]>([
    ['free text', 'John Smith called.', undefined, 'NOT_A_TABLE'],
    ['one object', { age: 1 }, undefined, 'NOT_A_TABLE'],
    ['a list of numbers', [1, 2], undefined, 'NOT_A_TABLE'],
    ['nested objects', [{ age: { years: 3 } }], undefined, 'NOT_A_TABLE'],
    ['a JSON text that is an object', '{"age":1}', 'json', 'NOT_A_TABLE'],
    ['nested JSON text', '[{"age":[1]}]', 'json', 'NOT_A_TABLE'],
    ['too few rows', [{ age: 1 }], undefined, 'TABLE_UNSUITABLE'],
    ['an empty table', [], undefined, 'TABLE_UNSUITABLE'],
    ['no quasi-identifier', [{ x: 1 }, { x: 2 }], undefined, 'TABLE_UNSUITABLE'],
    ['personal data for names of columns', [{ 'john@example.com': 1, age: 2 }], undefined, 'NOT_A_TABLE'],
    ['rows without the cell', [{ age: 1 }, { age: 2 }, { sex: 'F' }], undefined, 'TABLE_UNSUITABLE'],
  ])('refuses %s', (_, data, format, code) => {
    expect(() => releaseOf(data, format, { k: 2 })).toThrow(expect.objectContaining({ code }));
  });

  it('names the option at fault', () => {
    expect(() => releaseOf([{ age: 1 }], undefined, { quasiIdentifiers: ['height'] })).toThrow(
      expect.objectContaining({ code: 'COLUMN_UNKNOWN', option: 'quasi_identifiers' }),
    );
    expect(() =>
      releaseOf([{ a: 1 }, { a: 2 }], undefined, { quasiIdentifiers: ['a'], sensitive: ['a'] }),
    ).toThrow(expect.objectContaining({ code: 'TABLE_UNSUITABLE', option: 'sensitive' }));
  });

  it('releases odd tables by the same rule, or says why not', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        '-',
        'NA',
        '0',
        '007',
        '-5',
        '1e308',
        '-1e308',
        '1e999',
        '9007199254740993',
        '31.12.2020',
        '2020-02-30',
        '*',
        '"',
        'a|b',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const header = fc.array(fc.constantFrom('age', 'zip', 'age', 'x', '', '1'), {
      minLength: 1,
      maxLength: 4,
    });
    const ragged = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 20 });
    let releases = 0;
    fc.assert(
      fc.property(header, ragged, fc.integer({ min: 2, max: 4 }), (columns, rows, k) => {
        const text = [columns, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
        try {
          const { processed, report } = releaseOf(text, 'csv', {
            k,
            quasiIdentifiers: ['age'],
            maxSuppression: 0.5,
          });
          releases++;
          const ages = columns.flatMap((name, index) => (name === 'age' ? [index] : []));
          const counts = new Map<string, number>();
          for (const row of recordsOf(processed as string)) {
            const key = JSON.stringify(ages.map((index) => row[index] ?? null));
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(k);
          expect(report.loss.certaintyPenalty).toBeGreaterThanOrEqual(0);
          expect(report.loss.certaintyPenalty).toBeLessThanOrEqual(1);
        } catch (error) {
          if (!(error instanceof StatisticsError) && !(error instanceof EngineInputError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(releases).toBeGreaterThan(100);
  });

  it('takes for numbers only what it can put in order exactly', () => {
    const kindOf = (...texts: string[]) => readColumn(texts, false).kind;
    expect(kindOf('9007199254740992', '9007199254740993')).toBe('category');
    expect(kindOf('1e400')).toBe('category');
    expect(kindOf('-3', '4.5', '', 'NA')).toBe('number');
    expect(kindOf('02138')).toBe('category');
    expect(kindOf('31.12.2020', '01.01.2021')).toBe('date');
    expect(kindOf('13/01/2021', '12/31/2020')).toBe('category');
    expect(kindOf('2020-02-30')).toBe('category');
  });
});
