import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { KnowledgeChangesRepository } from '../documents/knowledge-changes.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { DocumentVectors } from './document-vectors.service.js';
import type { PreparedVectors } from './embedding-preparation.service.js';

/** Makes vectors a document's, and a new revision of its knowledge base, in the transaction that ends their task. */
@Injectable()
export class EmbeddingCompletion {
  constructor(
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly vectors: DocumentVectors,
    private readonly changes: KnowledgeChangesRepository,
  ) {}

  /** Leaves a document alone that is gone, or has another text than the one the vectors are of. */
  async complete({ place, model, pieces }: PreparedVectors, tx: Tx): Promise<void> {
    const { organizationId, documentId } = place;
    const document = await this.documents.lock(organizationId, documentId, tx);
    if (document?.edition !== place.edition) return;
    await this.vectors.write(place, pieces, tx);
    await this.documents.setEmbedding(organizationId, documentId, { status: 'ready', model }, tx);
    await this.changes.note(document, tx);
  }
}
