import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { lastingRequester } from '../../platform/http/lasting-requester.js';
import type { Task } from '../../platform/queue/job.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import type { KnowledgeBaseRow } from '../bases/knowledge-bases.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { DocumentVectors } from './document-vectors.service.js';
import { EMBEDDING_JOB, KNOWLEDGE_EMBEDDING } from './knowledge-embedding.task.js';

/** Has vectors made of a text that has just become a document's, where its knowledge base wants any. */
@Injectable()
export class EmbeddingIntake {
  constructor(
    private readonly jobs: JobsWriter,
    private readonly jobRows: JobsRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly vectors: DocumentVectors,
  ) {}

  /** @param task that has indexed the document, in the transaction that ends it */
  async order(task: Task, base: KnowledgeBaseRow, documentId: string, tx: Tx): Promise<void> {
    const { organizationId } = base;
    await this.vectors.remove(organizationId, documentId, tx);
    if (base.embeddingModel === null)
      return this.documents.setEmbedding(organizationId, documentId, NONE, tx);
    await this.documents.setEmbedding(organizationId, documentId, PENDING, tx);
    const { createdBy } = await this.jobRows.get(organizationId, task.jobId, tx);
    const requester = lastingRequester({ ...base, createdBy });
    const reference = { knowledge_base_id: base.id, document_id: documentId };
    const tasks = [newTask(KNOWLEDGE_EMBEDDING, reference, 1)];
    const { projectId } = base;
    await this.jobs.create(requester, { type: EMBEDDING_JOB, version: 1, projectId, reference, tasks }, tx);
  }
}

const NONE = { status: 'none' } as const;
const PENDING = { status: 'pending' } as const;
