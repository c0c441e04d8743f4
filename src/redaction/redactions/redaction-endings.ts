import { Injectable } from '@nestjs/common';
import { Grants } from '../../crypto/index.js';
import { RedactedFiles } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Task } from '../../platform/queue/job.js';
import { TaskEnding } from '../../platform/queue/task-endings.js';
import type { RedactionRef } from './redaction.js';
import { REDACTION_DOCUMENT } from './redaction-document.task.js';
import { type DocumentEnd, RedactionDocumentsRepository } from './redaction-documents.repository.js';
import { RedactionNewsWriter } from './redaction-news.service.js';

/**
 * What the end of a document's task leaves behind, however it ended: no grant, and of a document without a result, why.
 * Statuses of documents come first: that locks the project, as deletions do before they touch anything of it.
 */
@Injectable()
export class RedactionEndings extends TaskEnding {
  readonly type = REDACTION_DOCUMENT.type;

  constructor(
    private readonly documents: RedactionDocumentsRepository,
    private readonly files: RedactedFiles,
    private readonly grants: Grants,
    private readonly news: RedactionNewsWriter,
  ) {
    super();
  }

  async run(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const { redaction, own } of byRedaction(tasks)) {
      const ends = own.flatMap(endOf);
      await this.settle(redaction, ends, tx);
      const grants = await this.documents.listGrants(redaction, own.map(documentOf), tx);
      await this.grants.withdraw(redaction.organizationId, grants, tx);
    }
  }

  override async undo(tasks: readonly Task[], tx: Tx): Promise<void> {
    for (const { redaction, own } of byRedaction(tasks)) {
      const ids = own.map(documentOf);
      await this.files.setRedactionStatus(redaction.organizationId, ids, 'queued', tx);
      await this.documents.queueAgain(redaction, ids, tx);
    }
  }

  private async settle(redaction: RedactionRef, ends: readonly DocumentEnd[], tx: Tx): Promise<void> {
    if (ends.length === 0) return;
    const { organizationId, redactionId } = redaction;
    const idsOf = (status: DocumentEnd['status']): string[] =>
      ends.filter((end) => end.status === status).map(({ documentId }) => documentId);
    await this.files.setRedactionStatus(organizationId, idsOf('cancelled'), 'none', tx);
    await this.files.setRedactionStatus(organizationId, idsOf('failed'), 'failed', tx);
    const failed = new Set(idsOf('failed'));
    for (const { documentId, projectId } of await this.documents.settle(redaction, ends, tx)) {
      if (!failed.has(documentId)) continue;
      await this.news.failed({ organizationId, projectId, documentId, redactionId }, tx);
    }
  }
}

const documentOf = ({ input }: Task): string => String(input.document_id);

/** Nothing of a task that has a result. */
function endOf(task: Task): DocumentEnd[] {
  const { status, errorCode } = task;
  if (status !== 'failed' && status !== 'cancelled') return [];
  return [{ documentId: documentOf(task), status, errorCode }];
}

/** The tasks of one job are those of one redaction. */
function byRedaction(tasks: readonly Task[]): { redaction: RedactionRef; own: Task[] }[] {
  const groups = new Map<string, { redaction: RedactionRef; own: Task[] }>();
  for (const task of tasks) {
    const redactionId = String(task.input.redaction_id);
    const redaction = { organizationId: task.organizationId, redactionId };
    const group = groups.get(redactionId) ?? { redaction, own: [] };
    group.own.push(task);
    groups.set(redactionId, group);
  }
  return [...groups.values()];
}
