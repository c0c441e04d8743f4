/*
 * Okapi BM25 as in S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends
 * in Information Retrieval 3 (4), 2009, section 3.5, with the inverse document frequency that Lucene uses, which
 * is never negative.
 */

/** How soon more of the same word count no more. */
export const K1 = 1.2;
/** How much the length of a document counts against it. */
export const B = 0.75;

/** What it tells that a document has a term: much when few have it. */
export const inverseDocumentFrequency = (documents: number, withTerm: number): number =>
  Math.log(1 + (documents - withTerm + 0.5) / (withTerm + 0.5));

/**
 * What one term adds to the score of a document that has it.
 * @param frequency how often it is there
 * @param relativeLength the document's length, in terms, divided by the average of all
 */
export const termScore = (idf: number, frequency: number, relativeLength: number): number =>
  (idf * frequency * (K1 + 1)) / (frequency + K1 * (1 - B + B * relativeLength));
