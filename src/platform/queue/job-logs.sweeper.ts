import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { JobLogsRepository } from './job-logs.repository.js';

/** Removes lines of job logs whose time is over. */
@Injectable()
export class JobLogsSweeper extends PeriodicWork {
  readonly name = 'job_logs.sweep';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly logs: JobLogsRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.logs.deleteOld(tx));
  }
}
