import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Requester } from '../../platform/http/request-context.js';
import type { KnowledgeBaseRow } from './knowledge-bases.repository.js';

export type KnowledgeBaseNews = 'created' | 'updated' | 'deleted' | 'reindexed';

/** Tells of knowledge bases in the audit log, in the transaction of what is told: ids, settings and counts, never a text. */
@Injectable()
export class KnowledgeBaseNewsWriter {
  constructor(private readonly audit: AuditWriter) {}

  tell(
    requester: Requester,
    base: Omit<KnowledgeBaseRow, 'textsSealed'>,
    news: KnowledgeBaseNews,
    counts: Readonly<Record<string, number>>,
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(requester);
    const { id, projectId, chunkSize, chunkOverlap, redact } = base;
    return this.audit.append(
      {
        ...entry,
        projectId,
        action: `knowledge_base.${news}`,
        target: { type: 'knowledge_base', id },
        counts,
        details: { ...details, chunk_size: chunkSize, chunk_overlap: chunkOverlap, redact },
      },
      tx,
    );
  }
}
