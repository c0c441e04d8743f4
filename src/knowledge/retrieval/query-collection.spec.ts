import { toCodePoints } from './code-points.js';
import { QueryCollection } from './query-collection.js';

const DOCUMENTS = [
  'brake pad civic brake',
  'the fluid of the brake',
  'tyre',
  '',
  'pad pad pad pad pad pad pad',
  'a long text about wheels and tyres that holds the word brake once',
].map((text) => text.split(' ').filter((word) => word !== ''));

/** The formula as it stands in the book, without anything clever. */
function bm25(query: readonly string[], document: readonly string[]): number {
  const average = DOCUMENTS.reduce((sum, { length }) => sum + length, 0) / DOCUMENTS.length;
  return query.reduce((sum, term) => {
    const n = DOCUMENTS.filter((words) => words.includes(term)).length;
    const f = document.filter((word) => word === term).length;
    const idf = Math.log(1 + (DOCUMENTS.length - n + 0.5) / (n + 0.5));
    return sum + (idf * f * 2.2) / (f + 1.2 * (0.25 + (0.75 * document.length) / average));
  }, 0);
}

describe('a collection searched by one query', () => {
  const query = ['brake', 'pad', 'brake', 'unknown'];
  const collection = new QueryCollection(query);
  const added = DOCUMENTS.map((document) => collection.add(document));

  it('scores what matches by BM25, and keeps nothing else', () => {
    const terms = ['brake', 'pad', 'unknown'];
    expect(collection.terms).toEqual(terms);
    expect(collection.matches.map(({ document }) => document)).toEqual([0, 1, 4, 5]);
    expect(added.map((match) => match !== undefined)).toEqual([true, true, false, false, true, true]);
    const expected = collection.matches.map(({ document }) => bm25(terms, DOCUMENTS[document] ?? []));
    for (const [index, score] of collection.scores().entries())
      expect(score).toBeCloseTo(expected[index] ?? Number.NaN, 10);
  });

  it('gives more for what is rare, for what is there more often, and for what is short', () => {
    const [brake = 0, pad = 0, unknown = 0] = collection.weights();
    expect(unknown).toBeGreaterThan(pad);
    expect(pad).toBeGreaterThan(brake);
    const [first = 0, second = 0, , long = 0] = collection.scores();
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(long);
  });

  it('knows the empty query and the empty collection', () => {
    const nothing = new QueryCollection([]);
    expect(nothing.add(['brake'])).toBeUndefined();
    expect([nothing.scores(), nothing.weights()]).toEqual([[], []]);
    expect(new QueryCollection(['brake']).scores()).toEqual([]);
  });
});

describe('code points', () => {
  it.each(['plain', 'a😀b😀', '😀', '\ud800a😀\udc00b', ''])('are counted at every offset: %j', (text) => {
    const starts = [0];
    for (const point of text) starts.push((starts.at(-1) ?? 0) + point.length);
    expect(toCodePoints(text, starts)).toEqual(starts.map((_, index) => index));
    expect(toCodePoints(text, [0, 0, text.length])).toEqual([0, 0, [...text].length]);
  });
});
