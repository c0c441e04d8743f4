import { type RowColumn, rowSetOf } from './row-set.js';
import { TestDatabase } from './testing/test-database.js';

interface Thing {
  readonly text: string | null;
  readonly number?: number;
  readonly bytes: Buffer;
  readonly at: Date;
  readonly json: object | null;
}

const COLUMNS: readonly RowColumn<Thing>[] = [
  ['text', 'text', ({ text }) => text],
  ['number', 'bigint', ({ number }) => number],
  ['bytes', 'bytea', ({ bytes }) => bytes],
  ['at', 'timestamptz', ({ at }) => at],
  ['json', 'jsonb', ({ json }) => json],
];

describe('rows in one parameter', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([], false);
  });
  afterAll(() => database.stop());

  const readBack = (things: readonly Thing[]): Promise<object[]> => {
    const set = rowSetOf(COLUMNS);
    const sql = `SELECT given.text, number::float8 AS number, bytes, at, json FROM ${set.from(1)}`;
    return database.dataSource.query(sql, [set.valueOf(things)]);
  };

  it('come as they were given, in their order, whatever they hold', async () => {
    const at = new Date('2026-03-15T10:30:00.123Z');
    const things: Thing[] = [
      {
        text: `{a,"b"} \\x41 NULL 'ü' 😀\n`,
        number: 2 ** 53 - 1,
        bytes: Buffer.from([0, 255, 92]),
        at,
        json: {},
      },
      { text: '', number: 0, bytes: Buffer.alloc(0), at, json: { 'a "b"': 1, c: [null, 'd'] } },
      { text: null, bytes: Buffer.from('x'), at, json: null },
      { text: 'true', number: -1, bytes: Buffer.from('y'), at, json: ['stop'] },
    ];
    expect(await readBack(things)).toEqual(
      things.map((thing) => ({ ...thing, number: thing.number ?? null })),
    );
  });

  it('lose of a text what PostgreSQL cannot hold, and nothing else', async () => {
    const thing = { text: 'a\0b\ud800c😀', bytes: Buffer.alloc(0), at: new Date(0), json: null };
    expect(await readBack([thing])).toMatchObject([{ text: 'ab\ufffdc😀' }]);
  });
});
