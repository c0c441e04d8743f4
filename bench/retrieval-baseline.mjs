// BM25 as textbooks have it, over the same terms: title before text as one, postings in maps, every score in a map.
const K1 = 1.2;
const B = 0.75;

export class PlainBm25 {
  #postings = new Map();
  #lengths = new Map();
  #total = 0;
  #reader;

  /** @param reader the product's TermReader, so that ranking alone is compared */
  constructor(reader) {
    this.#reader = reader;
  }

  add({ id, title = '', text }) {
    let length = 0;
    for (const { term } of this.#reader.termsOf(`${title}\n${text}`)) {
      length += 1;
      const postings = this.#postings.get(term) ?? new Map();
      this.#postings.set(term, postings);
      postings.set(id, (postings.get(id) ?? 0) + 1);
    }
    this.#lengths.set(id, length);
    this.#total += length;
  }

  search(query, { limit }) {
    const scores = new Map();
    const count = this.#lengths.size;
    const average = this.#total / count;
    for (const { term } of this.#reader.termsOf(query)) {
      const postings = this.#postings.get(term);
      if (!postings) continue;
      const idf = Math.log(1 + (count - postings.size + 0.5) / (postings.size + 0.5));
      for (const [id, frequency] of postings) {
        const norm = frequency + K1 * (1 - B + (B * this.#lengths.get(id)) / average);
        scores.set(id, (scores.get(id) ?? 0) + (idf * frequency * (K1 + 1)) / norm);
      }
    }
    return [...scores]
      .map(([id, score]) => ({ id, score }))
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }
}
