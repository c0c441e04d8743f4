import { Injectable } from '@nestjs/common';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { settled } from '../../platform/idempotency/settled.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { JobDto } from '../../platform/queue/http/job.dto.js';
import { JobsService } from '../jobs.service.js';
import type { CreateJobDto, JobListDto, JobQuery } from './job.dto.js';
import { presentJob } from './job.presenter.js';

/** In bytes: as large as the largest input of any type. */
export const JOB_BODY_LIMIT = 100 * 1024 * 1024;

/** Jobs as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class JobOperations {
  constructor(
    private readonly jobs: JobsService,
    private readonly writes: Writes,
  ) {}

  async createJob(caller: Caller, body: CreateJobDto): Promise<JobDto> {
    const request = { type: body.type, input: body.input, processorId: body.processor_id };
    const prepared = await settled(() => this.jobs.prepareJob(caller, request));
    return this.writes.run(caller, async (tx) => presentJob(await prepared()(tx)));
  }

  async listJobs(caller: Caller, query: JobQuery): Promise<JobListDto> {
    const listing = listingOf(query);
    const filter = { status: query.status, type: query.type };
    return listEnvelope(await this.jobs.listJobs(caller, filter, listing), listing, presentJob);
  }

  async getJob(caller: Caller, id: string): Promise<JobDto> {
    return presentJob(await this.jobs.getJob(caller, id));
  }

  cancelJob(caller: Caller, id: string): Promise<JobDto> {
    return this.writes.run(caller, async (tx) => presentJob(await this.jobs.cancelJob(caller, id, tx)));
  }

  retryJob(caller: Caller, id: string): Promise<JobDto> {
    return this.writes.run(caller, async (tx) => presentJob(await this.jobs.retryJob(caller, id, tx)));
  }
}
