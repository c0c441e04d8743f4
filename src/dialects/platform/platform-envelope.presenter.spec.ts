import * as fc from 'fast-check';
import { ListQuery, listEnvelope, listingOf } from '../../platform/http/listing.js';
import { platformList, platformSingle } from './platform-envelope.presenter.js';

const asked = (query: Partial<ListQuery>): ListQuery => Object.assign(new ListQuery(), query);

/** The core's answer about `total` numbered rows. */
function core(total: number, query: ListQuery) {
  const listing = listingOf(query);
  const all = Array.from({ length: total }, (_, index) => index);
  const from = listing.after ? Number(listing.after.value) + 1 : listing.page.offset;
  const rows = all.slice(from, from + listing.page.size);
  const last = rows.at(-1);
  const more = last !== undefined && last < total - 1;
  const next = more ? { value: String(last), id: `res_${last}` } : undefined;
  return listEnvelope({ rows, total, next }, listing, String);
}

const list = (total: number, query: ListQuery) => platformList(core(total, query), query);

describe('platformList', () => {
  it("counts as the document's sample does", () => {
    expect(list(250, asked({ page: 2, page_size: 50 })).meta).toEqual({
      page: 2,
      per_page: 50,
      total_items: 250,
      total_pages: 5,
      has_next: true,
      has_previous: true,
      next_cursor: expect.any(String),
    });
  });

  it('leads through every row once, and has_next ends where the pages end', () => {
    fc.assert(
      fc.property(fc.nat(350), fc.integer({ min: 1, max: 150 }), (total, perPage) => {
        const seen: string[] = [];
        for (let page = 1; ; page += 1) {
          const { data, meta } = list(total, asked({ page, page_size: perPage }));
          seen.push(...data);
          expect(meta.per_page).toBe(Math.min(perPage, 100));
          expect(meta.has_previous).toBe(page > 1);
          expect(meta.has_next).toBe(page < meta.total_pages);
          if (!meta.has_next) break;
        }
        expect(seen).toEqual(Array.from({ length: total }, (_, index) => String(index)));
      }),
    );
  });

  it('counts no pages behind a cursor, which always has something before it', () => {
    const cursor = list(4, asked({ page_size: 2 })).meta.next_cursor ?? '';
    const { data, meta } = list(4, asked({ page_size: 2, cursor }));
    expect(data).toEqual(['2', '3']);
    expect(meta).toMatchObject({ page: null, has_previous: true, has_next: false, next_cursor: null });
  });
});

describe('platformSingle', () => {
  it('says when it was answered', () => {
    const at = new Date('2026-01-02T03:04:05.678Z');
    expect(platformSingle({ id: 'res_1' }, at)).toEqual({
      status: 'success',
      data: { id: 'res_1' },
      meta: { timestamp: '2026-01-02T03:04:05.678Z' },
    });
  });
});
