import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { KnowledgeBaseRow } from '../bases/knowledge-bases.repository.js';
import type { IndexingResult } from '../documents/knowledge-documents.repository.js';

/** A document of a knowledge base whose indexing has ended. */
export interface EndedIndexing {
  readonly organizationId: string;
  readonly projectId: string;
  readonly knowledgeBaseId: string;
  readonly documentId: string;
}

/** Tells of indexed documents in the transaction of what is told, by ids and counts alone. */
@Injectable()
export class IndexingNews {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async indexed(
    {
      organizationId,
      projectId,
      id: knowledgeBaseId,
    }: Pick<KnowledgeBaseRow, 'organizationId' | 'projectId' | 'id'>,
    documentId: string,
    { status, pageCount, chunkCount, redacted }: IndexingResult,
    tx: Tx,
  ): Promise<void> {
    await this.audit.append(
      {
        ...systemEntry(organizationId),
        projectId,
        action: 'document.indexed',
        target: { type: 'document', id: documentId },
        counts: { chunks: chunkCount, pages: pageCount ?? 0 },
        details: { knowledge_base_id: knowledgeBaseId, redacted },
      },
      tx,
    );
    const data = {
      document_id: documentId,
      knowledge_base_id: knowledgeBaseId,
      status,
      page_count: pageCount,
      chunk_count: chunkCount,
    };
    await this.events.append({ organizationId, projectId, name: 'document.indexed', data }, tx);
  }

  async failed(
    { organizationId, projectId, knowledgeBaseId, documentId }: EndedIndexing,
    errorCode: string,
    tx: Tx,
  ): Promise<void> {
    const data = {
      document_id: documentId,
      knowledge_base_id: knowledgeBaseId,
      status: 'failed',
      error: errorCode,
    };
    await this.events.append({ organizationId, projectId, name: 'document.failed', data }, tx);
  }
}

const systemEntry = (organizationId: string) => ({
  organizationId,
  actor: { type: 'system', id: 'indexing' } as const,
  requestId: newId('req'),
});
