import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Task } from '../../platform/queue/job.js';
import {
  PermanentTaskError,
  type TaskContext,
  type TaskEffect,
  TaskHandler,
} from '../../platform/queue/task-handler.js';
import { DocumentFailure } from '../documents/document-failure.js';
import { DocumentRedactor } from './document-redactor.service.js';
import { failureText } from './failure-texts.js';
import type { RedactionOrder, RedactionRef } from './redaction.js';
import { RedactionSealer } from './redaction.sealer.js';
import { type RedactedResult, RedactionCompletion } from './redaction-completion.service.js';
import { REDACTION_DOCUMENT, type RedactionDocumentInput } from './redaction-document.task.js';
import { RedactionDocumentsRepository, type WaitingDocument } from './redaction-documents.repository.js';
import { RedactionProgress } from './redaction-progress.service.js';

/**
 * Redacts one document. The copy is stored before anything refers to it, and becomes the document's in the transaction
 * that finishes the task: so it is there once, however often the task was begun, and what lost attempts left is swept.
 */
@Injectable()
export class RedactionDocumentHandler extends TaskHandler<RedactionDocumentInput> {
  readonly definition = REDACTION_DOCUMENT;

  constructor(
    private readonly documents: RedactionDocumentsRepository,
    private readonly sealer: RedactionSealer,
    private readonly redactor: DocumentRedactor,
    private readonly progress: RedactionProgress,
    private readonly completion: RedactionCompletion,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws PermanentTaskError with the code of what is wrong with the document */
  async run(context: TaskContext<RedactionDocumentInput>): Promise<TaskEffect> {
    const { task, input, signal } = context;
    const redaction = { organizationId: task.organizationId, redactionId: input.redaction_id };
    const waiting = await this.find(context, redaction);
    const order = await this.sealer.openOrder(redaction, waiting.policySealed, this.dataSource.manager);
    await this.progress.begin(task, redaction, input.document_id);
    signal.throwIfAborted();
    const result = await this.redact(context, redaction, waiting, order);
    return async (tx) => {
      await this.completion.complete(redaction, order, result, tx);
      return { itemsFailed: 0 };
    };
  }

  private async find(
    { task, input }: TaskContext<RedactionDocumentInput>,
    redaction: RedactionRef,
  ): Promise<WaitingDocument> {
    const { manager } = this.dataSource;
    const waiting = await this.documents.findWaiting(redaction, input.document_id, manager);
    return waiting ?? this.failGone(task, redaction);
  }

  /** Where the redaction itself is gone, with its project, so is all of the job. */
  private async failGone(task: Task, redaction: RedactionRef): Promise<never> {
    if (await this.documents.hasRedaction(redaction, this.dataSource.manager))
      throw new PermanentTaskError('DOCUMENT_GONE');
    return this.progress.abandon(task);
  }

  private async redact(
    context: TaskContext<RedactionDocumentInput>,
    redaction: RedactionRef,
    { projectId, grantId }: WaitingDocument,
    { settled }: RedactionOrder,
  ): Promise<RedactedResult> {
    const { organizationId } = redaction;
    const { document_id: documentId } = context.input;
    const place = { organizationId, projectId, documentId, grantId };
    try {
      return await this.redactor.redact(place, settled, context.signal);
    } catch (error) {
      if (!(error instanceof DocumentFailure || error instanceof PermanentTaskError)) throw error;
      context.signal.throwIfAborted();
      return this.fail(context, redaction, error);
    }
  }

  private async fail(
    { task, input, log }: TaskContext<RedactionDocumentInput>,
    redaction: RedactionRef,
    error: DocumentFailure | PermanentTaskError,
  ): Promise<never> {
    const { code } = error;
    if (code === 'DOCUMENT_GONE') return this.failGone(task, redaction);
    const page = error instanceof DocumentFailure ? error.page : undefined;
    await this.progress.noteFailure(task, redaction, input.document_id, { code, page });
    const where = page === undefined ? '' : `, page ${page}`;
    await log('error', code, `Document ${input.document_id}${where}: ${failureText(code)}`);
    throw new PermanentTaskError(code, { cause: error });
  }
}
