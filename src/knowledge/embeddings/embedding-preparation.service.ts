import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DocumentTexts, type TextPlace } from '../documents/document-texts.service.js';
import type { IndexedDocument, StoredChunk } from '../documents/knowledge-document.js';
import { KnowledgeOutlines } from '../documents/knowledge-outlines.service.js';
import { DocumentVectors } from './document-vectors.service.js';
import type { EmbeddingRequest } from './embedder.js';
import { Embeddings } from './embeddings.service.js';
import type { VectorPieceRow } from './knowledge-vectors.repository.js';

/** Vectors of a document, sealed, and of which edition of its text. */
export interface PreparedVectors {
  readonly place: TextPlace;
  readonly model: string;
  readonly pieces: readonly VectorPieceRow[];
}

/** Does what is slow about vectors, before their transaction. May be repeated at any time. */
@Injectable()
export class EmbeddingPreparation {
  constructor(
    private readonly texts: DocumentTexts,
    private readonly outlines: KnowledgeOutlines,
    private readonly embeddings: Embeddings,
    private readonly vectors: DocumentVectors,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws StaleText when the document gets another text meanwhile; AppError of the model server and the policy */
  async prepare(
    wanted: Pick<EmbeddingRequest, 'requester' | 'projectId' | 'model' | 'signal'>,
    document: IndexedDocument,
  ): Promise<PreparedVectors> {
    const { organizationId, documentId, edition } = document;
    const place = { organizationId, documentId, edition };
    const db = this.dataSource.manager;
    const { chunks } = await this.outlines.read(document, db);
    const text = await this.texts.read(place, db);
    const texts = chunks.map((chunk) => describe(chunk, text));
    const pieces: VectorPieceRow[] = [];
    // No request of a worker is one of a sandbox: a sandbox has no model servers, and so no knowledge base with vectors.
    for await (const vectors of this.embeddings.ofTexts({ ...wanted, mode: 'live', texts }))
      pieces.push(await this.vectors.seal(place, pieces.length, vectors, db));
    return { place, model: wanted.model, pieces };
  }
}

/** What a chunk says, with the titles that it stands under. */
const describe = ({ start, end, headings, context }: StoredChunk, text: string): string =>
  [...headings, context, text.slice(start, end)].filter((part) => part !== '').join('\n');
