import { Injectable } from '@nestjs/common';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { Writes } from '../../platform/idempotency/writes.js';
import { JobsService } from '../jobs.service.js';
import { TasksService } from '../tasks.service.js';
import { presentTask } from './job.presenter.js';
import type { JobTaskQuery, TaskDto, TaskListDto, TaskQuery } from './task.dto.js';

/** Tasks as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class TaskOperations {
  constructor(
    private readonly tasks: TasksService,
    private readonly jobs: JobsService,
    private readonly writes: Writes,
  ) {}

  async listJobTasks(caller: Caller, id: string, query: JobTaskQuery): Promise<TaskListDto> {
    const { id: job_id } = await this.jobs.getJob(caller, id);
    return this.listTasks(caller, { ...query, job_id });
  }

  async listTasks(caller: Caller, query: TaskQuery): Promise<TaskListDto> {
    const listing = listingOf(query);
    const filter = { status: query.status, type: query.type, jobId: query.job_id };
    return listEnvelope(await this.tasks.listTasks(caller, filter, listing), listing, presentTask);
  }

  async getTask(caller: Caller, id: string): Promise<TaskDto> {
    return presentTask(await this.tasks.getTask(caller, id));
  }

  cancelTask(caller: Caller, id: string): Promise<TaskDto> {
    return this.writes.run(caller, async (tx) => presentTask(await this.tasks.cancelTask(caller, id, tx)));
  }

  retryTask(caller: Caller, id: string): Promise<TaskDto> {
    return this.writes.run(caller, async (tx) => presentTask(await this.tasks.retryTask(caller, id, tx)));
  }
}
