import { Injectable } from '@nestjs/common';
import { type RedactableDocument, RedactedFiles } from '../../files/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Requester } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import { ProjectsRepository, projectArchived } from '../../projects/index.js';
import { policyDetails } from '../text.service.js';
import { REDACTION_JOB } from './redaction.js';
import { REDACTION_DOCUMENT } from './redaction-document.task.js';
import {
  type PreparedRedaction,
  RedactionPreparation,
  type RedactionRequest,
  refuseMissing,
} from './redaction-preparation.service.js';
import { nothingToRedact } from './redaction-refusals.js';
import { RedactionRows } from './redaction-rows.service.js';

/** Takes redactions in, each in one transaction with the job that works on it. */
@Injectable()
export class RedactionIntake {
  constructor(
    private readonly preparation: RedactionPreparation,
    private readonly projects: ProjectsRepository,
    private readonly files: RedactedFiles,
    private readonly rows: RedactionRows,
    private readonly jobs: JobsWriter,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * Does what takes long, and returns what stores the redaction; its job begins once that transaction commits.
   * @throws AppError as {@link RedactionPreparation.prepare}; what it returns as {@link store}
   */
  async receive(requester: Requester, request: RedactionRequest): Promise<(tx: Tx) => Promise<Job>> {
    const prepared = await this.preparation.prepare(requester, request);
    return (tx) => this.store(requester, prepared, tx);
  }

  /**
   * The project is locked first: until the transaction ends, none of its documents is deleted or put into another
   * redaction.
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED, NOTHING_TO_REDACT, REDACTION_RUNNING
   */
  async store(requester: Requester, prepared: PreparedRedaction, tx: Tx): Promise<Job> {
    const { organizationId, projectId, redactionId } = prepared;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    const documents = await this.stillThere(prepared, tx);
    await this.rows.refuseOpen(organizationId, documents, tx);
    const tasks = documents.map(({ id }) =>
      newTask(REDACTION_DOCUMENT, { redaction_id: redactionId, document_id: id }, 1),
    );
    const reference = { redaction_id: redactionId };
    const order = { type: REDACTION_JOB, version: 1, projectId, reference, tasks };
    const job = await this.jobs.create(requester, order, tx);
    await this.rows.insert(prepared, documents, job, tx);
    await this.record(requester, prepared, documents.length, tx);
    return job;
  }

  /** Documents may have been deleted since they were chosen. */
  private async stillThere(
    { organizationId, projectId, documentIds, documents }: PreparedRedaction,
    tx: Tx,
  ): Promise<RedactableDocument[]> {
    const ids = documents.map(({ id }) => id);
    const there = await this.files.listRedactable(organizationId, projectId, ids, tx);
    if (documentIds) refuseMissing(documentIds, there);
    if (there.length === 0) throw nothingToRedact();
    return there;
  }

  private async record(
    requester: Requester,
    { projectId, redactionId, settled }: PreparedRedaction,
    documents: number,
    tx: Tx,
  ): Promise<void> {
    const { details, ...entry } = auditOf(requester);
    await this.audit.append(
      {
        ...entry,
        projectId,
        action: 'redaction.created',
        target: { type: 'redaction', id: redactionId },
        counts: { documents },
        details: { ...details, ...policyDetails(settled.policy) },
      },
      tx,
    );
  }
}
