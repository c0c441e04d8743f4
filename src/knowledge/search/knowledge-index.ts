import type { StoredChunk } from '../documents/knowledge-document.js';
import { ChunkIndex } from '../retrieval/chunk-index.js';

/** What an index knows of one document. */
export interface IndexedText {
  readonly documentId: string;
  readonly edition: number;
  readonly chunks: readonly StoredChunk[];
}

/** A chunk that was found. */
export interface ChunkMatch extends StoredChunk {
  readonly documentId: string;
  readonly edition: number;
  /** Above 0; to be compared within one search alone. */
  readonly score: number;
}

/** What a chunk takes beside the index of its words: object, offsets, and its share of titles; bytes, as measured. */
const BYTES_OF_CHUNK = 200;

/** The chunks of one knowledge base as of one revision: words for finding them, places for reading them, no texts. */
export class KnowledgeIndex {
  revision = 0;
  private readonly words = new ChunkIndex();
  private readonly documents = new Map<string, IndexedText>();
  private chunkCount = 0;

  get estimatedBytes(): number {
    return this.words.estimatedBytes + this.chunkCount * BYTES_OF_CHUNK;
  }

  /** Takes a document out, if it is there. */
  remove(documentId: string): void {
    this.words.removeGroup(documentId);
    this.chunkCount -= this.documents.get(documentId)?.chunks.length ?? 0;
    this.documents.delete(documentId);
  }

  /**
   * Adds a document that is not there, chunk by chunk; yields where other work may be done.
   * @param text whole, as stored
   */
  *add(document: IndexedText, text: string): Generator<void, void> {
    const { documentId, chunks } = document;
    this.documents.set(documentId, document);
    this.chunkCount += chunks.length;
    for (const [position, { start, end, headings, context }] of chunks.entries()) {
      this.words.add({
        id: idOf(documentId, position),
        text: text.slice(start, end),
        title: [...headings, context].join('\n'),
        group: documentId,
      });
      yield;
    }
  }

  /** The best chunks first. @param among nothing but these documents */
  search(query: string, limit: number, among?: ReadonlySet<string>): ChunkMatch[] {
    const filter = among && ((documentId: string | undefined) => among.has(documentId ?? ''));
    return this.words.search(query, { limit, ...(filter && { filter }) }).flatMap(({ id, score }) => {
      const [documentId = '', position = ''] = String(id).split('/');
      const document = this.documents.get(documentId);
      const chunk = document?.chunks[Number(position)];
      return document && chunk ? [{ ...chunk, documentId, edition: document.edition, score }] : [];
    });
  }
}

/** The same in every process, since it decides between chunks that fit equally well. */
const idOf = (documentId: string, position: number): string =>
  `${documentId}/${String(position).padStart(7, '0')}`;
