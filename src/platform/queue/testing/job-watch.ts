import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Job, Task } from '../job.js';
import { JOB_COLUMNS } from '../jobs.repository.js';
import { TASK_COLUMNS } from '../tasks.repository.js';

const WAIT_MS = 60_000;

/** Looks at jobs in the database, whoever works on them. */
export class JobWatch {
  constructor(private readonly dataSource: DataSource) {}

  query = <T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
    this.dataSource.query(sql, values);

  async job(id: string): Promise<Job> {
    const [job] = await this.query<Job>(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = $1`, [id]);
    if (!job) throw new Error('there is no such job');
    return job;
  }

  tasks = (jobId: string): Promise<Task[]> =>
    this.query(`SELECT ${TASK_COLUMNS} FROM tasks WHERE job_id = $1 ORDER BY position`, [jobId]);

  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + WAIT_MS; !(await isSo()); await sleep(20)) {
      if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    }
  }

  async ended(id: string): Promise<Job> {
    await this.until(`${id} ended`, async () => (await this.job(id)).finishedAt !== null);
    return this.job(id);
  }
}
