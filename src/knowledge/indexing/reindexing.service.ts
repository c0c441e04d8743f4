import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { ProjectsRepository, projectArchived } from '../../projects/index.js';
import { KnowledgeBaseNewsWriter } from '../bases/knowledge-base-news.service.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { knowledgeError } from '../knowledge.errors.js';
import { IndexingIntake } from './indexing-intake.service.js';
import { REINDEX_JOB } from './knowledge-document.task.js';

/** Reads and cuts documents anew by the settings that hold now. What can be found of them stays so until that is done. */
@Injectable()
export class ReindexingService {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly bases: KnowledgeBasesRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly intake: IndexingIntake,
    private readonly news: KnowledgeBaseNewsWriter,
  ) {}

  /**
   * Documents that are being indexed already are left alone.
   * @param documentId that one alone; all of the knowledge base when absent
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED, NOTHING_TO_REINDEX, DOCUMENT_INDEXING
   */
  async reindex(
    caller: Caller,
    knowledgeBaseId: string,
    documentId: string | undefined,
    tx: Tx,
  ): Promise<Job> {
    const { organizationId } = caller.principal;
    const base = await this.bases.find(organizationId, knowledgeBaseId, tx);
    if (!base) throw platformError('NOT_FOUND');
    const project = await this.projects.lockForUpload(organizationId, base.projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    const place = { organizationId, knowledgeBaseId, projectId: base.projectId };
    const settled = await this.documents.lockSettled(place, documentId, tx);
    if (settled.length === 0) throw await this.nothing(organizationId, knowledgeBaseId, documentId, tx);
    const ids = settled.map((document) => document.documentId);
    const job = await this.intake.order(caller, place, ids, tx, REINDEX_JOB);
    await this.news.tell(caller, base, 'reindexed', { documents: ids.length }, tx);
    return job;
  }

  private async nothing(
    organizationId: string,
    knowledgeBaseId: string,
    documentId: string | undefined,
    tx: Tx,
  ) {
    if (documentId === undefined) return knowledgeError('NOTHING_TO_REINDEX');
    const there = await this.documents.find(organizationId, documentId, tx);
    if (there?.knowledgeBaseId !== knowledgeBaseId) return platformError('NOT_FOUND');
    return knowledgeError('DOCUMENT_INDEXING');
  }
}
