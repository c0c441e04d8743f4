import { inverseDocumentFrequency, termScore } from './bm25.js';

/** What a document has of a query. */
export interface DocumentMatch {
  /** Counts the documents from 0, in the order in which they were added. */
  readonly document: number;
  /** How often each term of the query is in it, by the term's index; terms it has not are absent. */
  readonly frequencies: ReadonlyMap<number, number>;
  /** Terms of the document. */
  readonly length: number;
}

/**
 * Documents searched by one query as they pass by: only what they have of the query is kept, so that a collection of any size
 * takes the memory of what matches.
 */
export class QueryCollection {
  readonly terms: readonly string[];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly found: DocumentMatch[] = [];
  private readonly documentsWith: number[];
  private documents = 0;
  private totalLength = 0;

  /** @param terms of the query; what is there twice counts once */
  constructor(terms: Iterable<string>) {
    this.terms = [...new Set(terms)];
    this.indexes = new Map(this.terms.map((term, index) => [term, index]));
    this.documentsWith = this.terms.map(() => 0);
  }

  /** Adds a document. @returns its match, undefined when it has no term of the query */
  add(terms: Iterable<string>): DocumentMatch | undefined {
    const frequencies = new Map<number, number>();
    let length = 0;
    for (const term of terms) {
      length += 1;
      const index = this.indexes.get(term);
      if (index !== undefined) frequencies.set(index, (frequencies.get(index) ?? 0) + 1);
    }
    const document = this.documents++;
    this.totalLength += length;
    if (frequencies.size === 0) return undefined;
    for (const index of frequencies.keys()) this.documentsWith[index] = (this.documentsWith[index] ?? 0) + 1;
    const match = { document, frequencies, length };
    this.found.push(match);
    return match;
  }

  /** What has any term of the query, in the order in which it was added. */
  get matches(): readonly DocumentMatch[] {
    return this.found;
  }

  get size(): number {
    return this.documents;
  }

  /** What each term of the query tells, among all documents that were added. */
  weights(): number[] {
    return this.documentsWith.map((count) => inverseDocumentFrequency(this.documents, count));
  }

  /** The BM25 score of each match, in their order. */
  scores(): number[] {
    const weights = this.weights();
    const averageLength = this.totalLength / Math.max(1, this.documents);
    return this.found.map(({ frequencies, length }) => {
      let score = 0;
      for (const [index, frequency] of frequencies)
        score += termScore(weights[index] ?? 0, frequency, length / averageLength);
      return score;
    });
  }
}
