import type { StoredChunk } from '../documents/knowledge-document.js';
import { ChunkIndex } from '../retrieval/chunk-index.js';
import type { ChunkId } from '../retrieval/chunk-table.js';
import { fuseRankings } from '../retrieval/rank-fusion.js';
import { VectorIndex } from '../retrieval/vector-index.js';

/** What an index knows of one document. */
export interface IndexedText {
  readonly documentId: string;
  readonly edition: number;
  readonly chunks: readonly StoredChunk[];
  readonly vectors?: DocumentVectorSet | undefined;
}

/** Vectors of all chunks of a document, in their order. */
export interface DocumentVectorSet {
  readonly model: string;
  readonly vectors: readonly Float32Array[];
}

/** A question as a model understands it. */
export interface QuestionVector {
  readonly model: string;
  readonly vector: Float32Array;
}

/** What is looked for in one index. */
export interface IndexQuestion {
  readonly query: string;
  readonly limit: number;
  /** Nothing but these documents. */
  readonly among?: ReadonlySet<string> | undefined;
  /** Found by meaning too, where there are vectors of that model. */
  readonly near?: QuestionVector | undefined;
}

/** A chunk that was found. */
export interface ChunkMatch extends StoredChunk {
  readonly documentId: string;
  readonly edition: number;
  /** Above 0; to be compared within one search alone. */
  readonly score: number;
}

/** How many of each kind are put together: enough for what both have to show, and no more than two searches cost. */
const FUSED = 50;

/** What a chunk takes beside the index of its words: object, offsets, and its share of titles; bytes, as measured. */
const BYTES_OF_CHUNK = 200;

/** The chunks of one knowledge base as of one revision: words and vectors for finding them, places for reading them, no texts. */
export class KnowledgeIndex {
  revision = 0;
  private readonly words = new ChunkIndex();
  /** By model and dimensions. */
  private readonly vectors = new Map<string, VectorIndex>();
  private readonly documents = new Map<string, IndexedText>();
  private chunkCount = 0;

  get estimatedBytes(): number {
    const vectors = [...this.vectors.values()].reduce((sum, { estimatedBytes }) => sum + estimatedBytes, 0);
    return this.words.estimatedBytes + vectors + this.chunkCount * BYTES_OF_CHUNK;
  }

  /** Takes a document out, if it is there. */
  remove(documentId: string): void {
    this.words.removeGroup(documentId);
    const chunkCount = this.documents.get(documentId)?.chunks.length ?? 0;
    this.chunkCount -= chunkCount;
    for (const [key, vectors] of this.vectors) {
      for (let position = 0; position < chunkCount; position++) vectors.remove(idOf(documentId, position));
      if (vectors.size === 0) this.vectors.delete(key);
    }
    this.documents.delete(documentId);
  }

  /**
   * Adds a document that is not there, chunk by chunk; yields where other work may be done.
   * @param text whole, as stored
   */
  *add(document: IndexedText, text: string): Generator<void, void> {
    const { documentId, chunks, vectors, ...rest } = document;
    this.documents.set(documentId, { ...rest, documentId, chunks });
    this.chunkCount += chunks.length;
    for (const [position, { start, end, headings, context }] of chunks.entries()) {
      this.words.add({
        id: idOf(documentId, position),
        text: text.slice(start, end),
        title: [...headings, context].join('\n'),
        group: documentId,
      });
      const vector = vectors?.vectors[position];
      if (vectors && vector) this.vectorsOf(vectors.model, vector).add(idOf(documentId, position), vector);
      yield;
    }
  }

  /** The best chunks first. */
  search({ query, limit, among, near }: IndexQuestion): ChunkMatch[] {
    const filter = among && ((documentId: string | undefined) => among.has(documentId ?? ''));
    const most = near ? Math.max(limit, FUSED) : limit;
    const byWords = this.words.search(query, { limit: most, ...(filter && { filter }) });
    const byMeaning = near ? this.nearest(near, most, among) : [];
    const ranked =
      byMeaning.length === 0 ? byWords : fuseRankings([byWords.map(({ id }) => String(id)), byMeaning]);
    return ranked.slice(0, limit).flatMap(({ id, score }) => {
      const [documentId = '', position = ''] = String(id).split('/');
      const document = this.documents.get(documentId);
      const chunk = document?.chunks[Number(position)];
      return document && chunk ? [{ ...chunk, documentId, edition: document.edition, score }] : [];
    });
  }

  private nearest({ model, vector }: QuestionVector, limit: number, among?: ReadonlySet<string>): string[] {
    const filter = among && ((id: ChunkId) => among.has(String(id).split('/')[0] ?? ''));
    const vectors = this.vectors.get(keyOf(model, vector));
    return vectors?.search(vector, { limit, ...(filter && { filter }) }).map(({ id }) => String(id)) ?? [];
  }

  private vectorsOf(model: string, vector: Float32Array): VectorIndex {
    const key = keyOf(model, vector);
    const known = this.vectors.get(key) ?? new VectorIndex(vector.length);
    this.vectors.set(key, known);
    return known;
  }
}

/** Vectors of different lengths do not compare, be the model's name the same. */
const keyOf = (model: string, { length }: Float32Array): string => `${length} ${model}`;

/** The same in every process, since it decides between chunks that fit equally well. */
const idOf = (documentId: string, position: number): string =>
  `${documentId}/${String(position).padStart(7, '0')}`;
