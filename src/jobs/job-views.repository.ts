import { Injectable } from '@nestjs/common';
import { listRows } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { DateRange } from '../platform/http/date-range.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Job, JobStatus, LogLevel, Task } from '../platform/queue/job.js';
import { JOB_COLUMNS } from '../platform/queue/jobs.repository.js';
import { TASK_COLUMNS } from '../platform/queue/tasks.repository.js';
import type { JobLog } from './job-log.js';
import type { Viewer } from './viewer.js';

export interface JobFilter {
  readonly status?: JobStatus | undefined;
  readonly type?: string | undefined;
}

export interface TaskFilter extends JobFilter {
  readonly jobId?: string | undefined;
}

export interface LogFilter extends DateRange {
  readonly jobId?: string | undefined;
  readonly level?: LogLevel | undefined;
}

const TIMES = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
} as const;

const LOG_COLUMNS = `
  id, job_id AS "jobId", task_id AS "taskId", level, code, message, created_at AS "createdAt"`;

/** Of tasks and logs: that their job is the viewer's. */
const OWN_JOB = 'job_id IN (SELECT id FROM jobs WHERE created_by = ?)';

/** What a viewer may see of jobs, their tasks and their logs. */
@Injectable()
export class JobViewsRepository {
  listJobs(viewer: Viewer, filter: JobFilter, listing: Listing, db: Tx): Promise<Listed<Job>> {
    const where = [
      ['organization_id = ?', viewer.organizationId],
      ['created_by = ?', viewer.userId],
      ['status = ?', filter.status],
      ['type = ?', filter.type],
    ] as const;
    return listRows({ select: JOB_COLUMNS, from: 'jobs', where, sort: TIMES }, listing, db);
  }

  async findJob(viewer: Viewer, id: string, db: Tx): Promise<Job | undefined> {
    const [job] = await db.query(
      `SELECT ${JOB_COLUMNS} FROM jobs
        WHERE organization_id = $1 AND id = $2 AND ($3::text IS NULL OR created_by = $3)`,
      [viewer.organizationId, id, viewer.userId ?? null],
    );
    return job;
  }

  listTasks(viewer: Viewer, filter: TaskFilter, listing: Listing, db: Tx): Promise<Listed<Task>> {
    const where = [
      ['organization_id = ?', viewer.organizationId],
      [OWN_JOB, viewer.userId],
      ['job_id = ?', filter.jobId],
      ['status = ?', filter.status],
      ['type = ?', filter.type],
    ] as const;
    return listRows({ select: TASK_COLUMNS, from: 'tasks', where, sort: TIMES }, listing, db);
  }

  async findTask(viewer: Viewer, id: string, db: Tx): Promise<Task | undefined> {
    const [task] = await db.query(
      `SELECT ${TASK_COLUMNS} FROM tasks
        WHERE organization_id = $1 AND id = $2
          AND ($3::text IS NULL OR job_id IN (SELECT id FROM jobs WHERE created_by = $3))`,
      [viewer.organizationId, id, viewer.userId ?? null],
    );
    return task;
  }

  listLogs(viewer: Viewer, filter: LogFilter, listing: Listing, db: Tx): Promise<Listed<JobLog>> {
    const where = [
      ['organization_id = ?', viewer.organizationId],
      [OWN_JOB, viewer.userId],
      ['job_id = ?', filter.jobId],
      ['level = ?', filter.level],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    const { created_at } = TIMES;
    return listRows({ select: LOG_COLUMNS, from: 'job_logs', where, sort: { created_at } }, listing, db);
  }
}
