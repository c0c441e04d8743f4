import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Task } from '../platform/queue/job.js';
import { JobControl } from '../platform/queue/job-control.js';
import { JobViewsRepository, type TaskFilter } from './job-views.repository.js';
import { jobsError } from './jobs.errors.js';
import { viewerOf } from './viewer.js';

@Injectable()
export class TasksService {
  constructor(
    private readonly views: JobViewsRepository,
    private readonly control: JobControl,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  listTasks(caller: Caller, filter: TaskFilter, listing: Listing): Promise<Listed<Task>> {
    return this.views.listTasks(viewerOf(caller), filter, listing, this.dataSource.manager);
  }

  /** @throws AppError NOT_FOUND */
  async getTask(caller: Caller, id: string, db: Tx = this.dataSource.manager): Promise<Task> {
    const task = await this.views.findTask(viewerOf(caller), id, db);
    if (!task) throw platformError('NOT_FOUND');
    return task;
  }

  /** @throws AppError NOT_FOUND, JOB_ENDED */
  async cancelTask(caller: Caller, id: string, tx: Tx): Promise<Task> {
    const { organizationId, jobId } = await this.getTask(caller, id, tx);
    const cancelled = await this.control.cancel({ organizationId, jobId, taskId: id }, tx);
    if (cancelled === 0) throw jobsError('JOB_ENDED');
    return this.audited(caller, id, 'task.cancelled', tx);
  }

  /** Queues a task again that failed or was cancelled. @throws AppError NOT_FOUND, NOTHING_TO_RETRY */
  async retryTask(caller: Caller, id: string, tx: Tx): Promise<Task> {
    const { organizationId, jobId } = await this.getTask(caller, id, tx);
    const retried = await this.control.retry({ organizationId, jobId, taskId: id }, tx);
    if (retried === 0) throw jobsError('NOTHING_TO_RETRY');
    return this.audited(caller, id, 'task.retried', tx);
  }

  private async audited(caller: Caller, id: string, action: string, tx: Tx): Promise<Task> {
    await this.audit.append({ ...auditOf(caller), action, target: { type: 'task', id } }, tx);
    return this.getTask(caller, id, tx);
  }
}
