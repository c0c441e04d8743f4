import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../platform/errors/app-error.js';
import { lastingRequester } from '../../platform/http/lasting-requester.js';
import {
  PermanentTaskError,
  type TaskContext,
  type TaskEffect,
  TaskError,
  TaskHandler,
} from '../../platform/queue/task-handler.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { StaleText } from '../documents/document-texts.service.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { EmbeddingCompletion } from './embedding-completion.service.js';
import { EmbeddingPreparation } from './embedding-preparation.service.js';
import { KNOWLEDGE_EMBEDDING, type KnowledgeEmbeddingInput } from './knowledge-embedding.task.js';

const NOTHING: TaskEffect = () => Promise.resolve({ itemsFailed: 0 });

/** Has vectors made of one document's chunks. The document is found by its words before, meanwhile and when this fails. */
@Injectable()
export class KnowledgeEmbeddingHandler extends TaskHandler<KnowledgeEmbeddingInput> {
  readonly definition = KNOWLEDGE_EMBEDDING;

  constructor(
    private readonly bases: KnowledgeBasesRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly preparation: EmbeddingPreparation,
    private readonly completion: EmbeddingCompletion,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws TaskError with the code of what is wrong with the model server or what the policy keeps from it */
  async run({ task, job, input, signal }: TaskContext<KnowledgeEmbeddingInput>): Promise<TaskEffect> {
    const { organizationId } = task;
    const db = this.dataSource.manager;
    const base = await this.bases.find(organizationId, input.knowledge_base_id, db);
    const document = await this.documents.find(organizationId, input.document_id, db);
    if (!base || document?.knowledgeBaseId !== base.id) throw new PermanentTaskError('DOCUMENT_GONE');
    const { embeddingModel: model } = base;
    if (document.edition === 0) return NOTHING;
    if (model === null)
      return async (tx) => {
        await this.completion.leave(document, tx);
        return { itemsFailed: 0 };
      };
    try {
      const wanted = {
        requester: lastingRequester({ ...job, projectId: base.projectId }),
        projectId: base.projectId,
        model,
        signal,
      };
      const prepared = await this.preparation.prepare(wanted, document);
      return async (tx) => {
        await this.completion.complete(prepared, tx);
        return { itemsFailed: 0 };
      };
    } catch (error) {
      // The text is another one now, and has a task of its own.
      if (error instanceof StaleText) return NOTHING;
      if (!(error instanceof AppError)) throw error;
      signal.throwIfAborted();
      const Failure = isLasting(error) ? PermanentTaskError : TaskError;
      throw new Failure(error.code, { cause: error });
    }
  }
}

/** What is wrong with the request stays wrong; a model server that has too much to do, or is away, comes back. */
const isLasting = ({ row: { status } }: AppError): boolean => status < 500 && status !== 429;
