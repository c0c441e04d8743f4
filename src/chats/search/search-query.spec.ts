import { termsOf } from './search-query.js';

describe('the terms of a query', () => {
  it.each([
    ['brake pads', ['brake', 'pads']],
    ['  Brake   BRAKE, ', ['brake']],
    ['brake "Honda  Civic"', ['brake', 'honda civic']],
    ['“Größe drei” «été»', ['grosse drei', 'ete']],
    ['say "hello', ['say', 'hello']],
    ['john@example.com (c++)', ['john@example.com', 'c++']],
    ['Łódź ΣΑΣ', ['łodz', 'σασ']],
    ['?', ['?']],
    ['"" \u0301', []],
  ])('of %s are as they are compared', (query, terms) => {
    expect(termsOf(query)).toEqual(terms);
  });
});
