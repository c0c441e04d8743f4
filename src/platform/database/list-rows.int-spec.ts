import { type Listed, type Listing, ListQuery, listingOf } from '../http/listing.js';
import { listRows } from './list-rows.js';
import { TestDatabase } from './testing/test-database.js';

interface Row {
  readonly id: string;
  readonly rank: number;
}

describe('listRows', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([], false);
    await database.dataSource.query('CREATE TABLE things (id text PRIMARY KEY, tenant text, rank integer)');
  });
  afterAll(() => database.stop());
  beforeEach(() => database.dataSource.query('TRUNCATE things'));

  const insert = (rows: readonly (readonly [id: string, rank: number, tenant?: string])[]) =>
    database.dataSource.query(
      'INSERT INTO things (id, rank, tenant) SELECT * FROM unnest($1::text[], $2::int[], $3::text[])',
      [rows.map(([id]) => id), rows.map(([, rank]) => rank), rows.map(([, , tenant]) => tenant ?? 'mine')],
    );

  const page = (listing: Listing, rank?: number): Promise<Listed<Row>> =>
    listRows<Row>(
      {
        select: 'id, rank',
        from: 'things',
        where: [
          ['tenant = ?', 'mine'],
          ['rank = ?', rank],
        ],
        sort: { rank: { column: 'rank', type: 'integer' }, name: { column: 'id', type: 'text' } },
      },
      listing,
      database.dataSource.manager,
    );

  const listing = (fields: Partial<ListQuery> & { sort: string }): Listing =>
    listingOf(Object.assign(new ListQuery(), fields));

  it('neither repeats nor skips a row while others are inserted and deleted between the pages', async () => {
    const stable = Array.from({ length: 50 }, (_, index) => [`row${index}`, index % 7] as const);
    await insert(stable);
    const seen: string[] = [];
    let after: Listing['after'];
    for (let turn = 0; turn === 0 || after; turn += 1) {
      const { rows, next } = await page({ ...listing({ sort: 'rank', order: 'asc', page_size: 7 }), after });
      seen.push(...rows.map(({ id }) => id).filter((id) => id.startsWith('row')));
      after = next;
      await insert([
        [`new${turn}-low`, 0],
        [`new${turn}-high`, 6],
      ]);
      await database.dataSource.query('DELETE FROM things WHERE id = $1', [`new${turn - 1}-low`]);
      expect(turn).toBeLessThan(40);
    }
    expect(seen.sort()).toEqual(stable.map(([id]) => id).sort());
  });

  it('leaves out other tenants and filters without a value, and counts all pages', async () => {
    await insert([
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['d', 1, 'theirs'],
    ]);
    expect(await page(listing({ sort: 'name', order: 'asc', page_size: 2 }))).toMatchObject({
      rows: [
        { id: 'a', rank: 1 },
        { id: 'b', rank: 2 },
      ],
      total: 3,
      next: { value: 'b', id: 'b' },
    });
    expect(await page(listing({ sort: 'name' }), 1)).toEqual({
      rows: [
        { id: 'c', rank: 1 },
        { id: 'a', rank: 1 },
      ],
      total: 2,
      next: undefined,
    });
    expect((await page(listing({ sort: 'name', page: 2, page_size: 2 }))).rows).toEqual([
      { id: 'a', rank: 1 },
    ]);
  });

  it('refuses a cursor whose value its column cannot have', async () => {
    const forged = { ...listing({ sort: 'rank' }), after: { value: 'x', id: 'y' } };
    await expect(page(forged)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { field: 'cursor' },
    });
  });
});
