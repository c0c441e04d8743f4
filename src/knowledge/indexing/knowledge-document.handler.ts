import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/errors/app-error.js';
import { lastingRequester } from '../../platform/http/lasting-requester.js';
import {
  PermanentTaskError,
  type TaskContext,
  type TaskEffect,
  TaskHandler,
} from '../../platform/queue/task-handler.js';
import { DocumentFailures } from '../../redaction/index.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { IndexingCompletion } from './indexing-completion.service.js';
import { indexingFailure } from './indexing-failures.js';
import { IndexingPreparation } from './indexing-preparation.service.js';
import { IndexingProgress } from './indexing-progress.service.js';
import { KNOWLEDGE_DOCUMENT, type KnowledgeDocumentInput } from './knowledge-document.task.js';

/**
 * Indexes one document. Its text is read, cut and sealed before anything refers to it, and becomes the document's in the
 * transaction that finishes the task: so it is there once, however often the task was begun.
 */
@Injectable()
export class KnowledgeDocumentHandler extends TaskHandler<KnowledgeDocumentInput> {
  readonly definition = KNOWLEDGE_DOCUMENT;

  constructor(
    private readonly bases: KnowledgeBasesRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly preparation: IndexingPreparation,
    private readonly progress: IndexingProgress,
    private readonly completion: IndexingCompletion,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws PermanentTaskError with the code of what is wrong with the document */
  async run({ task, job, input, signal, log }: TaskContext<KnowledgeDocumentInput>): Promise<TaskEffect> {
    const { organizationId } = task;
    const db = this.dataSource.manager;
    const base = await this.bases.find(organizationId, input.knowledge_base_id, db);
    const document = await this.documents.find(organizationId, input.document_id, db);
    if (!base || document?.knowledgeBaseId !== base.id) throw new PermanentTaskError('DOCUMENT_GONE');
    await this.progress.begin(task, document.documentId);
    signal.throwIfAborted();
    const { report, settled } = this.progress.follow(task, document.documentId);
    try {
      const requester = lastingRequester({ ...job, projectId: base.projectId });
      const prepared = await this.preparation.prepare(requester, base, document, signal, report);
      return async (tx) => {
        await this.completion.complete(base, prepared, tx);
        return { itemsFailed: 0 };
      };
    } catch (error) {
      if (!isLasting(error)) throw error;
      signal.throwIfAborted();
      await log('error', error.code, `Document ${document.documentId}: ${indexingFailure(error.code)}`);
      throw new PermanentTaskError(error.code, { cause: error });
    } finally {
      await settled();
    }
  }
}

/** What no repetition cures: a fault of the document, of the policy, or of what it was granted. */
const isLasting = (
  error: unknown,
): error is AppError | PermanentTaskError | DocumentFailures.DocumentFailure =>
  error instanceof DocumentFailures.DocumentFailure ||
  error instanceof PermanentTaskError ||
  (error instanceof AppError && error.row.status < 500);
