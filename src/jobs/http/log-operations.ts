import { Injectable } from '@nestjs/common';
import { parseDateRange } from '../../platform/http/date-range.js';
import { listEnvelope, listingOf } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { JobLogsService } from '../job-logs.service.js';
import { JobsService } from '../jobs.service.js';
import { presentLog } from './job.presenter.js';
import type { JobLogQuery, LogListDto, LogQuery } from './log.dto.js';

/** Logs of background work as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class LogOperations {
  constructor(
    private readonly logs: JobLogsService,
    private readonly jobs: JobsService,
  ) {}

  async listJobLogs(caller: Caller, id: string, query: JobLogQuery): Promise<LogListDto> {
    const { id: job_id } = await this.jobs.getJob(caller, id);
    return this.listLogs(caller, { ...query, job_id });
  }

  async listLogs(caller: Caller, query: LogQuery): Promise<LogListDto> {
    const listing = listingOf(query);
    const { created_after, created_before, level, job_id: jobId } = query;
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const listed = await this.logs.listLogs(caller, { ...range, jobId, level }, listing);
    return listEnvelope(listed, listing, presentLog);
  }
}
