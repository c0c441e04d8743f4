import { Injectable } from '@nestjs/common';
import { RedactedFiles } from '../../files/index.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { JobControl } from '../../platform/queue/job-control.js';
import { LeaseLost } from '../../platform/queue/lease-keeper.js';
import { TasksRepository } from '../../platform/queue/tasks.repository.js';
import type { RedactionRef } from './redaction.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';

/** Writes down how a task is getting on, each thing in a transaction of its own, and only while the task is the worker's. */
@Injectable()
export class RedactionProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TasksRepository,
    private readonly documents: RedactionDocumentsRepository,
    private readonly files: RedactedFiles,
    private readonly control: JobControl,
  ) {}

  /** @throws LeaseLost when the task has ended meanwhile */
  begin(task: Task, redaction: RedactionRef, documentId: string): Promise<void> {
    return this.during(task, async (tx) => {
      await this.files.setRedactionStatus(redaction.organizationId, [documentId], 'running', tx);
      await this.documents.markRunning(redaction, documentId, tx);
    });
  }

  /** The page is told with the end of the task. @throws LeaseLost when the task has ended meanwhile */
  noteFailure(
    task: Task,
    redaction: RedactionRef,
    documentId: string,
    failure: { readonly code: string; readonly page: number | undefined },
  ): Promise<void> {
    return this.during(task, (tx) => this.documents.noteFailure(redaction, documentId, failure, tx));
  }

  /** Ends a job whose redaction was deleted. @throws LeaseLost, since its tasks are then nobody's */
  async abandon({ organizationId, jobId }: Task): Promise<never> {
    await this.unitOfWork.run((tx) => this.control.cancel({ organizationId, jobId }, tx));
    throw new LeaseLost();
  }

  private during(task: Task, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.tasks.isInAttempt(task, tx))) throw new LeaseLost();
      await work(tx);
    });
  }
}
