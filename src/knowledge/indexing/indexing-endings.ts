import { Injectable } from '@nestjs/common';
import { Collected } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { TaskEnding } from '../../platform/queue/task-endings.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { EmbeddingIntake } from '../embeddings/embedding-intake.service.js';
import { IndexingIntake } from './indexing-intake.service.js';
import { IndexingNews } from './indexing-news.service.js';
import { KNOWLEDGE_DOCUMENT } from './knowledge-document.task.js';

/**
 * What the end of a document's task leaves behind, however it ended: no grant; of a document without a result, why; of one
 * with a result, an order for its vectors.
 */
@Injectable()
export class IndexingEndings extends TaskEnding {
  readonly type = KNOWLEDGE_DOCUMENT.type;

  constructor(
    private readonly collected: Collected.CollectedDocuments,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly bases: KnowledgeBasesRepository,
    private readonly intake: IndexingIntake,
    private readonly news: IndexingNews,
    private readonly embedding: EmbeddingIntake,
  ) {
    super();
  }

  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const task of tasks) {
      if (task.status === 'failed' || task.status === 'cancelled') await this.fail(task, tx);
      else await this.embed(task, tx);
      await this.intake.withdraw(task.organizationId, [documentOf(task)], tx);
    }
  }

  override async undo(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const task of tasks) {
      const [organizationId, documentId] = [task.organizationId, documentOf(task)];
      await this.collected.setStatus(organizationId, documentId, 'uploaded', tx);
      await this.documents.setStatus(organizationId, documentId, { status: 'uploaded' }, tx);
    }
  }

  private async embed(task: Task, tx: Tx): Promise<void> {
    const base = await this.bases.find(task.organizationId, String(task.input.knowledge_base_id), tx);
    if (base) await this.embedding.order(task, base, documentOf(task), tx);
  }

  private async fail(task: Task, tx: Tx): Promise<void> {
    const [organizationId, documentId] = [task.organizationId, documentOf(task)];
    const knowledgeBaseId = String(task.input.knowledge_base_id);
    const base = await this.bases.find(organizationId, knowledgeBaseId, tx);
    if (!base) return;
    const errorCode = task.status === 'cancelled' ? 'CANCELLED' : (task.errorCode ?? 'TASK_FAILED');
    await this.collected.setStatus(organizationId, documentId, 'failed', tx);
    await this.documents.setStatus(organizationId, documentId, { status: 'failed', errorCode }, tx);
    const { projectId } = base;
    await this.news.failed({ organizationId, projectId, knowledgeBaseId, documentId }, errorCode, tx);
  }
}

const documentOf = ({ input }: Task): string => String(input.document_id);
