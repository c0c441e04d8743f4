import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import type { TextPlace } from '../documents/document-texts.service.js';
import { KnowledgeChangesRepository } from '../documents/knowledge-changes.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { DocumentVectors } from './document-vectors.service.js';
import type { PreparedVectors } from './embedding-preparation.service.js';

/** What documents have of vectors, each change with a new revision of their knowledge base. */
@Injectable()
export class EmbeddingCompletion {
  constructor(
    private readonly bases: KnowledgeBasesRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly vectors: DocumentVectors,
    private readonly changes: KnowledgeChangesRepository,
  ) {}

  /** Makes vectors a document's. Leaves one alone that is gone, has another text than the one the vectors are of, or is to have others or none. */
  async complete({ place, model, pieces }: PreparedVectors, tx: Tx): Promise<void> {
    const { organizationId, documentId } = place;
    const document = await this.documents.lock(organizationId, documentId, tx);
    if (document?.edition !== place.edition) return;
    const base = await this.bases.lock(organizationId, document.knowledgeBaseId, tx);
    if (base?.embeddingModel !== model) return this.leave(place, tx);
    await this.vectors.write(place, pieces, tx);
    await this.documents.setEmbedding(organizationId, documentId, { status: 'ready', model }, tx);
    await this.changes.note(document, tx);
  }

  /** Of a document that is to have no vectors after all. */
  leave(
    { organizationId, documentId }: Pick<TextPlace, 'organizationId' | 'documentId'>,
    tx: Tx,
  ): Promise<void> {
    return this.documents.setEmbedding(organizationId, documentId, { status: 'none' }, tx);
  }

  /** Of all documents of a knowledge base, whose vectors are of a model that it has no longer. Locks these before it. */
  async withdraw(base: KnowledgeBaseRef, tx: Tx): Promise<void> {
    const ids = await this.documents.clearEmbeddings(base, tx);
    await this.vectors.removeAll(base.organizationId, ids, tx);
    await this.changes.noteAll(base, ids, tx);
  }
}
