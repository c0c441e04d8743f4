import * as fc from 'fast-check';
import { listedOf } from './listed.js';
import { listingOf } from './listing.js';

const rowsOf = fc.uniqueArray(fc.record({ id: fc.uuid(), name: fc.string({ maxLength: 3 }) }), {
  selector: ({ id }) => id,
  maxLength: 40,
});
const orders = fc.constantFrom('asc' as const, 'desc' as const);

describe('a list of rows that are at hand', () => {
  it('has every row once and in order, page by page and after the last row of each page', () => {
    fc.assert(
      fc.property(rowsOf, orders, fc.integer({ min: 1, max: 9 }), (rows, order, size) => {
        const byPage: (typeof rows)[number][] = [];
        const byPosition: (typeof rows)[number][] = [];
        let after: ReturnType<typeof listingOf>['after'];
        for (let number = 1; number <= Math.ceil(rows.length / size); number++) {
          const listing = { ...listingOf({ page: number, page_size: size, order }), order };
          byPage.push(...listedOf(rows, listing, ({ name }) => name).rows);
          const next = listedOf(rows, { ...listing, after }, ({ name }) => name);
          byPosition.push(...next.rows);
          after = next.next;
          expect(next.total).toBe(rows.length);
        }
        expect(after).toBeUndefined();
        expect(byPosition).toEqual(byPage);
        expect(new Set(byPage)).toEqual(new Set(rows));
        const values = byPage.map(({ name }) => name);
        const sorted = [...values].sort();
        expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse());
      }),
    );
  });
});
