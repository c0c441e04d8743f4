import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { JobLog } from './job-log.js';
import { JobViewsRepository, type LogFilter } from './job-views.repository.js';
import { viewerOf } from './viewer.js';

/** Reads what background work reported. */
@Injectable()
export class JobLogsService {
  constructor(
    private readonly views: JobViewsRepository,
    private readonly dataSource: DataSource,
  ) {}

  listLogs(caller: Caller, filter: LogFilter, listing: Listing): Promise<Listed<JobLog>> {
    return this.views.listLogs(viewerOf(caller), filter, listing, this.dataSource.manager);
  }
}
