import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.js';
import { newId } from '../http/ids.js';
import type { LogLevel } from './job.js';

/** A line of a job's log. Never holds content: codes, counts and ids alone. */
export interface JobLogLine {
  readonly organizationId: string;
  readonly jobId: string;
  readonly taskId: string | null;
  readonly level: LogLevel;
  /** UPPER_SNAKE, for programs. */
  readonly code: string;
  readonly message: string;
}

/** How long lines are kept, in days. */
const LIFE_DAYS = 90;

@Injectable()
export class JobLogsRepository {
  async append({ organizationId, jobId, taskId, level, code, message }: JobLogLine, db: Tx): Promise<void> {
    await db.query(
      `INSERT INTO job_logs (id, organization_id, job_id, task_id, level, code, message)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [newId('log'), organizationId, jobId, taskId, level, code, message],
    );
  }

  /** Forgets lines whose time is over; returns how many. */
  async deleteOld(tx: Tx): Promise<number> {
    const [, count] = await tx.query(
      'DELETE FROM job_logs WHERE created_at < now() - make_interval(days => $1)',
      [LIFE_DAYS],
    );
    return count;
  }
}
