import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../audit/audit.writer.js';
import { auditOf } from '../audit/audit-entry.js';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { Requester } from '../http/request-context.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import type { Job } from './job.js';
import { JobsRepository } from './jobs.repository.js';
import type { NewTask } from './task-definition.js';
import { TasksRepository } from './tasks.repository.js';

export interface NewJob {
  readonly type: string;
  readonly version: number;
  readonly projectId?: string | undefined;
  /** Ids of what the job is about, shown to clients. */
  readonly reference: Readonly<Record<string, string>>;
  readonly tasks: readonly NewTask[];
  /** The tasks are done one after another, in their order, instead of as many at a time as workers are free. */
  readonly sequential?: boolean;
}

/** Makes jobs: the job, its tasks, the intents that call workers, and the audit row, all in the caller's transaction. */
@Injectable()
export class JobsWriter {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly tasks: TasksRepository,
    private readonly outbox: TaskOutbox,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * Makes a job of at least one task. Workers hear of it once `tx` commits.
   * @throws InvalidTaskInput when an input is not what its definition asks for
   */
  async create(requester: Requester, { tasks, ...job }: NewJob, tx: Tx): Promise<Job> {
    if (tasks.length === 0) throw new Error('a job needs a task');
    for (const { definition, input } of tasks) definition.schema(input);
    const { principal, requestId } = requester;
    const { organizationId } = principal;
    const items = tasks.reduce((sum, task) => sum + task.items, 0);
    const owner = {
      organizationId,
      createdBy: principal.userId,
      credentialId: principal.credential.id,
      requestId,
    };
    const id = newId('job');
    await this.jobs.insert({ ...job, ...owner, id, items, tasks: tasks.length }, tx);
    const taskIds = await this.tasks.insert({ id, organizationId }, tasks, tx);
    await this.outbox.append(organizationId, job.sequential ? taskIds.slice(0, 1) : taskIds, tx);
    const audited = { ...auditOf(requester), projectId: job.projectId, action: 'job.created' };
    await this.audit.append(
      { ...audited, target: { type: 'job', id }, counts: { items, tasks: tasks.length } },
      tx,
    );
    return this.jobs.get(organizationId, id, tx);
  }
}
