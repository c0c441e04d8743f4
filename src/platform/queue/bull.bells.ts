import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Bells } from '../outbox/bells.js';
import type { Intent } from '../outbox/task-outbox.js';
import { LOGGER } from '../telemetry/logger.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { BELL_BACKEND, type Bell, type BellBackend, type BellWorker } from './bell-backend.js';

/** A call that comes before its task is due finds nothing to take: a little later is better than a little early. */
const MARGIN_MS = 20;

/** Calls by BullMQ, which only rings: what is to be done, and whether it was, is in PostgreSQL. */
@Injectable()
export class BullBells extends Bells implements OnApplicationShutdown {
  private readonly outage: OutageLog;

  constructor(
    @Inject(BELL_BACKEND) private readonly backend: BellBackend,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.outage = new OutageLog(logger, 'the queue');
    backend.onError((error) => this.outage.note(error));
  }

  /** An intent published twice is one call while the first still waits. */
  async ring(intents: readonly Intent[]): Promise<void> {
    const jobs = intents.map(({ id, taskId, delayMs }) => ({
      name: 'bell',
      data: { taskId },
      opts: {
        jobId: id,
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
        ...(delayMs > 0 && { delay: delayMs + MARGIN_MS }),
      },
    }));
    await this.backend.queue.addBulk(jobs);
    this.outage.over();
  }

  async countWaiting(): Promise<number> {
    const counts = await this.backend.queue.getJobCounts('wait', 'prioritized');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** Begins to answer calls, so many at a time. */
  answer(ring: (bell: Bell) => Promise<void>, concurrency: number): BellWorker {
    const worker = this.backend.openWorker(ring, concurrency);
    worker.on('error', (error) => this.outage.note(error));
    return worker;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close().catch((error: unknown) => this.outage.note(error));
  }
}
