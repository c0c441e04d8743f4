import * as fc from 'fast-check';
import { keynestList } from './keynest-list.presenter.js';

const address = { base: 'https://redoubt.example.org', path: '/api/projects/', filters: {} };
const page = (number: number) => ({ number, size: 20, offset: (number - 1) * 20 });

describe('a list of KeyNest', () => {
  it.each([
    [1, 0, null, null],
    [1, 20, null, null],
    [1, 21, 2, null],
    [2, 21, null, 1],
    [2, 41, 3, 1],
    [9, 41, null, 8],
  ])('at page %i of %i entries links to page %p and page %p', (number, total, next, previous) => {
    const link = (to: number | null) => to && `https://redoubt.example.org/api/projects/?page=${to}`;
    const list = keynestList({ rows: [], total }, page(number), address);
    expect([list.next, list.previous]).toEqual([link(next), link(previous)]);
  });

  it('keeps the filters in its links, whatever is in them, and leaves out those not given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (search, organization) => {
        const filters = { search, organization, other: undefined };
        const { next } = keynestList({ rows: [], total: 99 }, page(1), { ...address, filters });
        expect(Object.fromEntries(new URL(next ?? '').searchParams)).toEqual({
          ...{ search, organization: String(organization), page: '2' },
        });
      }),
    );
  });
});
