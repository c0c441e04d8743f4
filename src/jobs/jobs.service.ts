import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { Job } from '../platform/queue/job.js';
import { JobControl } from '../platform/queue/job-control.js';
import { JobTypes } from './job-types.js';
import { type JobFilter, JobViewsRepository } from './job-views.repository.js';
import { jobsError } from './jobs.errors.js';
import { viewerOf } from './viewer.js';

export interface JobRequest {
  readonly type: string;
  readonly input: unknown;
  readonly processorId: string | undefined;
}

@Injectable()
export class JobsService {
  constructor(
    private readonly views: JobViewsRepository,
    private readonly types: JobTypes,
    private readonly control: JobControl,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Checks what is asked for, outside of any transaction; what it returns makes the job.
   * @throws AppError VALIDATION_ERROR for an unknown type, and what the type throws for its input
   */
  prepareJob(caller: Caller, { type, input, processorId }: JobRequest): Promise<(tx: Tx) => Promise<Job>> {
    return this.types.get(type, processorId !== undefined).prepare(caller, input, processorId);
  }

  listJobs(caller: Caller, filter: JobFilter, listing: Listing): Promise<Listed<Job>> {
    return this.views.listJobs(viewerOf(caller), filter, listing, this.dataSource.manager);
  }

  /** @throws AppError NOT_FOUND */
  async getJob(caller: Caller, id: string, db: Tx = this.dataSource.manager): Promise<Job> {
    const job = await this.views.findJob(viewerOf(caller), id, db);
    if (!job) throw platformError('NOT_FOUND');
    return job;
  }

  /** @throws AppError NOT_FOUND, JOB_ENDED */
  async cancelJob(caller: Caller, id: string, tx: Tx): Promise<Job> {
    const { organizationId } = await this.getJob(caller, id, tx);
    const tasks = await this.control.cancel({ organizationId, jobId: id }, tx);
    if (tasks === 0) throw jobsError('JOB_ENDED');
    return this.audited(caller, id, 'job.cancelled', tasks, tx);
  }

  /** Queues again what failed or was cancelled. @throws AppError NOT_FOUND, NOTHING_TO_RETRY */
  async retryJob(caller: Caller, id: string, tx: Tx): Promise<Job> {
    const { organizationId } = await this.getJob(caller, id, tx);
    const tasks = await this.control.retry({ organizationId, jobId: id }, tx);
    if (tasks === 0) throw jobsError('NOTHING_TO_RETRY');
    return this.audited(caller, id, 'job.retried', tasks, tx);
  }

  private async audited(caller: Caller, id: string, action: string, tasks: number, tx: Tx): Promise<Job> {
    const job = await this.getJob(caller, id, tx);
    const target = { type: 'job', id };
    const projectId = job.projectId ?? undefined;
    await this.audit.append({ ...auditOf(caller), projectId, action, target, counts: { tasks } }, tx);
    return job;
  }
}
