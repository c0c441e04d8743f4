import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KeySetUp } from '../../crypto/index.js';
import { loadSettings } from '../../platform/config/settings.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { TestRedis } from '../../platform/limits/testing/test-redis.js';
import { migrateQueue } from '../../platform/queue/bell-backend.js';
import type { Job, Task } from '../../platform/queue/job.js';
import { JOB_COLUMNS } from '../../platform/queue/jobs.repository.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { newTask } from '../../platform/queue/task-definition.js';
import { TASK_COLUMNS } from '../../platform/queue/tasks.repository.js';
import { joinedProgram } from '../../platform/supervisor/testing/joined-program.js';
import { DemoModule } from './demo.module.js';
import { DEMO_TASK, type DemoInput, demoInput } from './demo-tasks.js';

export type Backend = 'postgres' | 'redis';

const WAIT_MS = 30_000;

/** One end of a task. */
export type Ended = Pick<Task, 'position' | 'status' | 'itemsFailed' | 'errorCode'>;

/** A database, a Redis where wanted, a tenant, and worker processes that can be killed. */
export class QueueWorld {
  private readonly workers = new Set<ChildProcess>();

  private constructor(
    readonly database: TestDatabase,
    readonly redis: TestRedis | undefined,
    private readonly env: NodeJS.ProcessEnv,
    /** A process that makes jobs and takes none. */
    readonly app: INestApplicationContext,
    readonly caller: Caller,
  ) {}

  static async start(backend: Backend): Promise<QueueWorld> {
    const database = await TestDatabase.start([]);
    await database.dataSource.query(
      `CREATE TABLE demo_effects (task_id text NOT NULL, pid integer NOT NULL);
       CREATE TABLE demo_endings (number serial, task_id text NOT NULL, status text NOT NULL,
                                  items_failed integer NOT NULL, error_code text)`,
    );
    const redis = backend === 'redis' ? await TestRedis.start() : undefined;
    if (!redis) await migrateQueue(database.url);
    const env = {
      DATABASE_URL: database.url,
      DATABASE_POOL: '6',
      REDOUBT_LOG_LEVEL: process.env.QUEUE_TEST_LOG ?? 'silent',
      REDOUBT_MASTER_KEY: '07'.repeat(32),
      ...(redis && { REDIS_URL: redis.url }),
    };
    const root = DemoModule.forRoot(loadSettings(env));
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    return new QueueWorld(database, redis, env, app, await newTenant(app));
  }

  /** A worker process that takes tasks, ready. */
  async addWorker(concurrency = 4): Promise<ChildProcess> {
    const child = spawn(process.execPath, [joinedProgram('src/jobs/testing/demo-worker.ts')], {
      env: { PATH: process.env.PATH, ...this.env, REDOUBT_WORKER_CONCURRENCY: String(concurrency) },
      stdio: ['ignore', 'pipe', process.env.QUEUE_TEST_LOG ? 'inherit' : 'ignore'],
    });
    this.workers.add(child);
    const ended = once(child, 'exit').then(() => 'ended');
    const ready = (async () => {
      for await (const chunk of child.stdout ?? []) if (String(chunk).includes('READY')) return 'ready';
      return 'ended';
    })();
    if ((await Promise.race([ready, ended])) !== 'ready') throw new Error('the worker did not start');
    child.stdout?.resume();
    return child;
  }

  async end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(worker, 'exit');
    worker.kill(signal);
    await ended;
    this.workers.delete(worker);
    return worker.exitCode;
  }

  createJob(tasks: readonly Partial<DemoInput>[], items = 1): Promise<Job> {
    return this.write((tx) => this.createIn(tx, tasks, items));
  }

  /** @param items of each task */
  createIn(tx: Tx, tasks: readonly Partial<DemoInput>[], items = 1): Promise<Job> {
    const made = tasks.map((input) => newTask(DEMO_TASK, demoInput(input), items));
    const job = { type: 'demo', version: 1, reference: {}, tasks: made };
    return this.get(JobsWriter).create(this.caller, job, tx);
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.app.get(UnitOfWork, { strict: false }).run(work);
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type, { strict: false });
  }

  async job(id: string): Promise<Job> {
    const [job] = await this.database.dataSource.query(`SELECT ${JOB_COLUMNS} FROM jobs WHERE id = $1`, [id]);
    return job;
  }

  tasks(jobId: string): Promise<Task[]> {
    const sql = `SELECT ${TASK_COLUMNS} FROM tasks WHERE job_id = $1 ORDER BY position`;
    return this.database.dataSource.query(sql, [jobId]);
  }

  /** How often each task of a job had its effect, by position. */
  async effects(jobId: string): Promise<number[]> {
    const rows: { effects: number }[] = await this.database.dataSource.query(
      `SELECT (SELECT count(*)::int FROM demo_effects e WHERE e.task_id = t.id) AS effects
         FROM tasks t WHERE job_id = $1 ORDER BY position`,
      [jobId],
    );
    return rows.map(({ effects }) => effects);
  }

  /** How each task of a job ended, by position and, where it was repeated, in time. */
  endings(jobId: string): Promise<Ended[]> {
    return this.database.dataSource.query(
      `SELECT t.position, e.status, e.items_failed AS "itemsFailed", e.error_code AS "errorCode"
         FROM demo_endings e JOIN tasks t ON t.id = e.task_id WHERE t.job_id = $1 ORDER BY t.position, e.number`,
      [jobId],
    );
  }

  /** Waits until the job is as wanted; fails with the job as it is. */
  async until(id: string, wanted: (job: Job) => boolean | Promise<boolean>, ms = WAIT_MS): Promise<Job> {
    for (const end = Date.now() + ms; ; await sleep(20)) {
      const job = await this.job(id);
      if (await wanted(job)) return job;
      if (Date.now() > end)
        throw new Error(`${JSON.stringify(job)}\n${JSON.stringify(await this.tasks(id))}`);
    }
  }

  ended = (id: string): Promise<Job> => this.until(id, ({ finishedAt }) => finishedAt !== null);

  async endWorkers(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.end(worker, 'SIGKILL')));
  }

  async stop(): Promise<void> {
    await this.endWorkers();
    await this.app.close();
    await this.redis?.stop();
    await this.database.stop();
  }
}

/** An organization with its keys and one user, and the caller that user is. */
async function newTenant(app: INestApplicationContext): Promise<Caller> {
  const [organizationId, userId] = [newId('org'), newId('user')];
  const keys = app.get(KeySetUp, { strict: false });
  await app.get(UnitOfWork, { strict: false }).run(async (tx) => {
    await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Test']);
    await keys.run(tx);
    await keys.createOrganizationKeys(organizationId, tx);
    await tx.query("INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, 'user')", [
      userId,
      organizationId,
    ]);
  });
  return testCaller(organizationId, userId);
}
