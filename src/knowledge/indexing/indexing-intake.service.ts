import { Injectable } from '@nestjs/common';
import { Grants } from '../../crypto/index.js';
import { Collected } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Requester } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { INDEXING_JOB, KNOWLEDGE_DOCUMENT, type REINDEX_JOB } from './knowledge-document.task.js';

/** Where the documents of a job are. */
export interface IndexingPlace extends KnowledgeBaseRef {
  readonly projectId: string;
}

/** Has documents indexed: a job, with a task each, in the transaction of whoever wants it. */
@Injectable()
export class IndexingIntake {
  constructor(
    private readonly jobs: JobsWriter,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly collected: Collected.CollectedDocuments,
    private readonly grants: Grants,
  ) {}

  async order(
    requester: Requester,
    { organizationId, projectId, knowledgeBaseId }: IndexingPlace,
    documentIds: readonly string[],
    tx: Tx,
    type: typeof INDEXING_JOB | typeof REINDEX_JOB = INDEXING_JOB,
  ): Promise<Job> {
    const tasks = documentIds.map((id) =>
      newTask(KNOWLEDGE_DOCUMENT, { knowledge_base_id: knowledgeBaseId, document_id: id }, 1),
    );
    const [only, ...others] = documentIds;
    const reference = {
      knowledge_base_id: knowledgeBaseId,
      ...(only !== undefined && others.length === 0 && { document_id: only }),
    };
    const job = await this.jobs.create(requester, { type, version: 1, projectId, reference, tasks }, tx);
    for (const id of documentIds) await this.collected.setStatus(organizationId, id, 'uploaded', tx);
    await this.documents.setJob(organizationId, documentIds, job.id, tx);
    return job;
  }

  /** Takes back what workers were granted to read documents. */
  async withdraw(organizationId: string, documentIds: readonly string[], tx: Tx): Promise<void> {
    const grants = await this.documents.takeGrants(organizationId, documentIds, tx);
    if (grants.length > 0) await this.grants.withdraw(organizationId, grants, tx);
  }
}
