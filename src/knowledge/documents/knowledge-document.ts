import type { DocumentTypes, StoredDocument } from '../../files/index.js';
import type { DocumentExtraction } from '../../redaction/index.js';

/** What a worker does with a document, in this order. */
export const INDEXING_STAGES = ['reading', 'redacting', 'indexing'] as const;
export type IndexingStage = (typeof INDEXING_STAGES)[number];

/** How a document of a knowledge base is doing. `partial`: what could be read is indexed, and some of it could not. */
export const INDEXING_STATUSES = [
  'uploaded',
  'processing',
  'indexed',
  'partial',
  'failed',
] as const satisfies readonly DocumentTypes.DocumentStatus[];
export type IndexingStatus = (typeof INDEXING_STATUSES)[number];

/** Whether a document has vectors: `none` where its knowledge base wants none, or it has no text yet. */
export const EMBEDDING_STATUSES = ['none', 'pending', 'ready', 'failed'] as const;
export type EmbeddingStatus = (typeof EMBEDDING_STATUSES)[number];

/** What a knowledge base knows of one of its documents. */
export interface IndexedDocument {
  readonly documentId: string;
  readonly organizationId: string;
  readonly knowledgeBaseId: string;
  readonly grantId: string | null;
  readonly jobId: string | null;
  readonly status: IndexingStatus;
  readonly errorCode: string | null;
  readonly stage: IndexingStage | null;
  /** Of `stageTotal` units of the stage: pages or parts. */
  readonly stageDone: number;
  readonly stageTotal: number;
  /** Of its stored text; 0 before there is one, and nothing to be found. */
  readonly edition: number;
  /** Whether personal data was removed from the stored text. */
  readonly redacted: boolean;
  readonly pageCount: number | null;
  readonly chunkCount: number;
  /** Of the stored text, in code points. */
  readonly characterCount: number;
  /** Why some of the document could not be read. */
  readonly partialReason: string | null;
  readonly indexedAt: Date | null;
  readonly embeddingStatus: EmbeddingStatus;
  /** Why it has no vectors. */
  readonly embeddingError: string | null;
}

/** A document as clients see it: what was uploaded, and what became of it. */
export interface KnowledgeDocument {
  readonly document: StoredDocument;
  readonly indexing: IndexedDocument;
}

/** A piece of a document's text that is found as a whole; offsets are UTF-16 code units of the stored text, end exclusive. */
export interface StoredChunk {
  readonly start: number;
  readonly end: number;
  /** Where it begins and ends, from 1; null for formats without pages. */
  readonly page: number | null;
  readonly lastPage: number | null;
  /** The titles above it, outermost first. */
  readonly headings: readonly string[];
  /** What makes it understandable beside them: the header row of a table. */
  readonly context: string;
}

/** What is kept, sealed, of how a text is built. */
export interface StoredOutline
  extends Pick<DocumentExtraction.ExtractedDocument, 'title' | 'pages' | 'headings' | 'tables'> {
  readonly chunks: readonly StoredChunk[];
}
