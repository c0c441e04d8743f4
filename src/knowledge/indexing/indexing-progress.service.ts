import { Injectable } from '@nestjs/common';
import { Collected } from '../../files/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { LeaseLost } from '../../platform/queue/lease-keeper.js';
import { TasksRepository } from '../../platform/queue/tasks.repository.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import type { Report } from './indexing-preparation.service.js';

/** Least time between two notes of how far one document is, in milliseconds. */
const PAUSE_MS = 1_000;

/** Writes down how indexing is getting on, each thing in a transaction of its own, and only while the task is the worker's. */
@Injectable()
export class IndexingProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: TasksRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly collected: Collected.CollectedDocuments,
  ) {}

  /** @throws LeaseLost when the task has ended meanwhile */
  async begin(task: Task, documentId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.tasks.isInAttempt(task, tx))) throw new LeaseLost();
      await this.collected.setStatus(task.organizationId, documentId, 'processing', tx);
      await this.documents.setStage(
        task.organizationId,
        documentId,
        { stage: 'reading', done: 0, total: 0 },
        tx,
      );
    });
  }

  /**
   * Notes steps, at most one a second, without making the work wait. What cannot be noted does not matter: the end of the
   * task tells more.
   * @returns what is told of steps, and a promise that nothing is being written any more
   */
  follow(task: Task, documentId: string): { readonly report: Report; settled(): Promise<void> } {
    let writing: Promise<void> = Promise.resolve();
    let isBusy = false;
    let nextAt = 0;
    const report: Report = (stage, done, total) => {
      const now = Date.now();
      if (isBusy || now < nextAt) return;
      [isBusy, nextAt] = [true, now + PAUSE_MS];
      writing = this.unitOfWork
        .run(async (tx) => {
          if (!(await this.tasks.isInAttempt(task, tx))) return;
          await this.documents.setStage(task.organizationId, documentId, { stage, done, total }, tx);
        })
        .catch(() => {})
        .finally(() => {
          isBusy = false;
        });
    };
    return { report, settled: () => writing };
  }
}
