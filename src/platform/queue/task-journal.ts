import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { describeError } from '../errors/describe-error.js';
import { LOGGER } from '../telemetry/logger.js';
import type { Task } from './job.js';
import { JobLogsRepository } from './job-logs.repository.js';
import type { TaskContext } from './task-handler.js';
import { TaskError } from './task-handler.js';

/** Writes down what happens in attempts: for the job's owner in its log, for the operator in the process's. */
@Injectable()
export class TaskJournal {
  constructor(
    private readonly logs: JobLogsRepository,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A handler's way to the job's log; a line is there at once, whatever becomes of the attempt. */
  of({ id: taskId, organizationId, jobId }: Task): TaskContext['log'] {
    return (level, code, message) =>
      this.logs.append({ organizationId, jobId, taskId, level, code, message }, this.dataSource.manager);
  }

  noteFailure(task: Task, error: unknown): void {
    const { id: taskId, jobId, type, attempts } = task;
    const code = error instanceof TaskError ? error.code : undefined;
    this.logger.warn({
      message: 'a task failed',
      taskId,
      jobId,
      type,
      attempts,
      code,
      err: describeError(error),
    });
  }
}
