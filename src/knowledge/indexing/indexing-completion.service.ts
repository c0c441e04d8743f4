import { Injectable } from '@nestjs/common';
import { Collected } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { PermanentTaskError, TaskError } from '../../platform/queue/task-handler.js';
import { type KnowledgeBaseRow, KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { DocumentTexts } from '../documents/document-texts.service.js';
import { KnowledgeChangesRepository } from '../documents/knowledge-changes.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { IndexingNews } from './indexing-news.service.js';
import type { PreparedIndexing } from './indexing-preparation.service.js';

/** Makes a document findable: text, outline, counts, revision and news, all in the transaction that ends its task. */
@Injectable()
export class IndexingCompletion {
  constructor(
    private readonly collected: Collected.CollectedDocuments,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly texts: DocumentTexts,
    private readonly changes: KnowledgeChangesRepository,
    private readonly bases: KnowledgeBasesRepository,
    private readonly news: IndexingNews,
  ) {}

  /** Rows are locked in the order in which deletions lock them. @throws PermanentTaskError DOCUMENT_GONE; TaskError INDEXED_MEANWHILE */
  async complete(base: KnowledgeBaseRow, { place, pieces, result }: PreparedIndexing, tx: Tx): Promise<void> {
    const { organizationId, documentId } = place;
    await this.collected.setStatus(organizationId, documentId, result.status, tx);
    const before = await this.documents.lock(organizationId, documentId, tx);
    if (!before) throw new PermanentTaskError('DOCUMENT_GONE');
    if (before.edition !== place.edition - 1) throw new TaskError('INDEXED_MEANWHILE');
    await this.texts.write(place, pieces, tx);
    await this.documents.complete(before, result, tx);
    const indexed = before.edition === 0 ? 1 : 0;
    const chunks = result.chunkCount - before.chunkCount;
    await this.bases.adjustCounts(before, { indexed, chunks }, tx);
    await this.changes.note(before, tx);
    await this.news.indexed(base, documentId, result, tx);
  }
}
