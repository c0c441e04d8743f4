import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { TaskEnding } from '../../platform/queue/task-endings.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { KNOWLEDGE_EMBEDDING } from './knowledge-embedding.task.js';

/** What the end of a task without vectors leaves behind: why there are none. */
@Injectable()
export class EmbeddingEndings extends TaskEnding {
  readonly type = KNOWLEDGE_EMBEDDING.type;

  constructor(private readonly documents: KnowledgeDocumentsRepository) {
    super();
  }

  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const { organizationId, input, status, errorCode } of tasks) {
      if (status !== 'failed' && status !== 'cancelled') continue;
      const error = status === 'cancelled' ? 'CANCELLED' : (errorCode ?? 'TASK_FAILED');
      await this.documents.failEmbedding(organizationId, String(input.document_id), error, tx);
    }
  }

  override async undo(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const { organizationId, input } of tasks)
      await this.documents.setEmbedding(organizationId, String(input.document_id), { status: 'pending' }, tx);
  }
}
