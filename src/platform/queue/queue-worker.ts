import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { describeError } from '../errors/describe-error.js';
import { LOGGER } from '../telemetry/logger.js';
import type { BellWorker } from './bell-backend.js';
import { BullBells } from './bull.bells.js';
import { StartCheck } from './start-check.js';
import { TaskRunner } from './task-runner.js';

const CLOSE_MS = 500;

/** Answers calls for tasks, from its start until the process stops. */
@Injectable()
export class QueueWorker implements BeforeApplicationShutdown {
  private worker: BellWorker | undefined;

  constructor(
    private readonly check: StartCheck,
    private readonly bells: BullBells,
    private readonly runner: TaskRunner,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Begins to take tasks. @throws StartError, see {@link StartCheck} */
  async start(): Promise<void> {
    await this.check.run();
    this.worker = this.bells.answer(
      ({ taskId }) => this.take(taskId),
      this.settings.REDOUBT_WORKER_CONCURRENCY,
    );
    void this.worker.run().catch((error: unknown) => this.logger.error({ err: describeError(error) }));
  }

  /** While the database is still there: takes nothing more, and ends what runs. */
  async beforeApplicationShutdown(): Promise<void> {
    const closed = this.worker?.close();
    await this.runner.drain();
    // BullMQ waits for handlers for ever, also for those that were put back and go on all the same.
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })]);
  }

  /** Never throws: what could not be taken or ended is found by the sweepers. */
  private async take(taskId: string): Promise<void> {
    try {
      await this.runner.run(taskId);
    } catch (error) {
      this.logger.error({ message: 'a task could not be taken or ended', taskId, err: describeError(error) });
    }
  }
}
