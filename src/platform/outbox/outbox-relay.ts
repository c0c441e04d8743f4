import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LeaderDuty, type Term } from '../leader/leader-duty.js';
import { LOGGER } from '../telemetry/logger.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { Alarm } from './alarm.js';
import { Bells } from './bells.js';
import { OUTBOX_CHANNEL, TaskOutbox } from './task-outbox.js';

const BATCH = 500;
/** Notifications wake the relay; the poll is for those that a lost connection swallowed. */
const POLL_MS = 1_000;

/**
 * Publishes intents to the queue, oldest first, and marks them published only when the queue has them: a crash in
 * between repeats a call, and never loses one.
 */
@Injectable()
export class OutboxRelay extends LeaderDuty {
  private readonly outage: OutageLog;

  constructor(
    private readonly outbox: TaskOutbox,
    private readonly bells: Bells,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.outage = new OutageLog(logger, 'publishing to the queue');
  }

  async serve({ client, signal }: Term): Promise<void> {
    const alarm = new Alarm();
    client.on('notification', () => alarm.ring());
    signal.addEventListener('abort', () => alarm.ring(), { once: true });
    await client.query(`LISTEN ${OUTBOX_CHANNEL}`);
    while (!signal.aborted) {
      if (!(await this.publishSome())) await alarm.wait(POLL_MS);
    }
  }

  /** Publishes one batch; whether there may be more at once. */
  private async publishSome(): Promise<boolean> {
    try {
      const intents = await this.outbox.listUnpublished(BATCH, this.dataSource.manager);
      if (intents.length > 0) {
        await this.bells.ring(intents);
        await this.unitOfWork.run((tx) =>
          this.outbox.markPublished(
            intents.map(({ id }) => id),
            tx,
          ),
        );
      }
      this.outage.over();
      return intents.length === BATCH;
    } catch (error) {
      this.outage.note(error);
      return false;
    }
  }
}
