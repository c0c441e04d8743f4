import 'reflect-metadata';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { KeySetUp } from '../../../crypto/index.js';
import { loadSettings } from '../../../platform/config/settings.js';
import { TestDatabase } from '../../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { newId } from '../../../platform/http/ids.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { testCaller } from '../../../platform/http/testing/test-caller.js';
import { migrateQueue } from '../../../platform/queue/bell-backend.js';
import type { Job } from '../../../platform/queue/job.js';
import { JobWatch } from '../../../platform/queue/testing/job-watch.js';
import { joinedProgram } from '../../../platform/supervisor/testing/joined-program.js';
import { createLogger } from '../../../platform/telemetry/logger.js';
import { WorkerModule } from '../../../worker.module.js';
import type { BatchDocument } from '../../batch-documents.service.js';
import { settleOptions } from '../../text-options.js';
import { BatchIntake } from '../batch-intake.service.js';

/** A database with tenants, a process that takes batches in, and real worker processes that can be killed. */
export class BatchWorld extends JobWatch {
  private readonly workers = new Set<ChildProcess>();

  private constructor(
    readonly database: TestDatabase,
    private readonly env: NodeJS.ProcessEnv,
    readonly app: INestApplicationContext,
  ) {
    super(database.dataSource);
  }

  static async start(): Promise<BatchWorld> {
    const database = await TestDatabase.start([]);
    await migrateQueue(database.url);
    const env = {
      DATABASE_URL: database.url,
      DATABASE_POOL: '6',
      REDOUBT_LOG_LEVEL: process.env.BATCH_TEST_LOG ?? 'silent',
      REDOUBT_MASTER_KEY: '07'.repeat(32),
    };
    const root = WorkerModule.forRoot(loadSettings(env), createLogger('silent'));
    const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    return new BatchWorld(database, env, app);
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get(type, { strict: false });
  }

  /** A user of an organization: of a new one, or of the same as another user. */
  async addUser(systemRole: 'user' | 'admin' = 'user', beside?: Caller): Promise<Caller> {
    const organizationId = beside?.principal.organizationId ?? newId('org');
    const userId = newId('user');
    const keys = this.get(KeySetUp);
    await this.get(UnitOfWork).run(async (tx) => {
      if (!beside) {
        await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Test']);
        await keys.run(tx);
        await keys.createOrganizationKeys(organizationId, tx);
      }
      await tx.query('INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, $3)', [
        userId,
        organizationId,
        systemRole,
      ]);
    });
    return testCaller(organizationId, userId, systemRole);
  }

  /** @param meddle done in the transaction that stores the batch, before any worker hears of it */
  async accept(
    caller: Caller,
    documents: readonly BatchDocument[],
    {
      sequential = false,
      meddle,
    }: { sequential?: boolean; meddle?: (job: Job, tx: Tx) => Promise<unknown> } = {},
  ): Promise<Job> {
    const options = settleOptions({});
    const store = await this.get(BatchIntake).receive(caller, { documents, options, sequential });
    return this.write(async (tx) => {
      const job = await store(tx);
      await meddle?.(job, tx);
      return job;
    });
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(work);
  }

  async addWorker(concurrency = 4): Promise<ChildProcess> {
    const child = spawn(process.execPath, [joinedProgram('src/worker.ts')], {
      env: { PATH: process.env.PATH, ...this.env, REDOUBT_WORKER_CONCURRENCY: String(concurrency) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.workers.add(child);
    const outcome = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => 'ended')]);
    if (outcome === 'ended') throw new Error('the worker did not start');
    return child;
  }

  async kill(worker: ChildProcess): Promise<void> {
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
    this.workers.delete(worker);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.kill(worker)));
    await this.app.close();
    await this.database.stop();
  }
}
