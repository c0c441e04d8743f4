import 'reflect-metadata';
import fc from 'fast-check';
import { AppError } from '../errors/app-error.js';
import { ListQuery, listEnvelope, listingOf } from './listing.js';

const query = (fields: Partial<ListQuery> & { sort?: string }) => Object.assign(new ListQuery(), fields);

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? `${error.details?.field}:${error.details?.constraint}` : 'unexpected';
  }
};

describe('a list request', () => {
  it('is newest first unless it says otherwise', () => {
    expect(listingOf(query({}))).toMatchObject({ sort: 'created_at', order: 'desc', after: undefined });
    expect(listingOf(query({ sort: 'name', order: 'asc', page_size: 1000 }))).toMatchObject({
      sort: 'name',
      order: 'asc',
      page: { size: 100, offset: 0 },
    });
  });

  it('continues by the cursor it was answered, for any sort value and id', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'));
    const orders = fc.constantFrom('asc' as const, 'desc' as const);
    fc.assert(
      fc.property(text, text, text, orders, (sort, value, id, order) => {
        const listing = listingOf(query({ sort, order }));
        const { next_cursor } = listEnvelope({ rows: [], total: 1, next: { value, id } }, listing, String);
        const cursor = next_cursor ?? '';
        expect(listingOf(query({ sort, cursor }))).toMatchObject({ sort, order, after: { value, id } });
      }),
    );
  });

  it('has no cursor after its last row', () => {
    expect(listEnvelope({ rows: [1], total: 1, next: undefined }, listingOf(query({})), String)).toEqual({
      data: ['1'],
      total: 1,
      page: 1,
      page_size: 20,
      next_cursor: null,
    });
  });

  it('refuses every text that is no cursor, and a cursor of another list', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (cursor) => {
        expect(codeOf(() => listingOf(query({ cursor })))).toBe('cursor:format');
      }),
    );
    const listing = listingOf(query({ sort: 'name', order: 'asc' }));
    const envelope = listEnvelope({ rows: [], total: 1, next: { value: 'a', id: 'b' } }, listing, String);
    const cursor = envelope.next_cursor ?? '';
    expect(codeOf(() => listingOf(query({ cursor })))).toBe('cursor:match');
    expect(codeOf(() => listingOf(query({ cursor, sort: 'name', order: 'desc' })))).toBe('cursor:match');
    expect(codeOf(() => listingOf(query({ cursor, sort: 'name', page: 2 })))).toBe('page:exclusive');
  });
});
