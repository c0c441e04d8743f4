import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../database/unit-of-work.js';
import { describeError } from '../errors/describe-error.js';
import { LeaderDuty, type Term } from '../leader/leader-duty.js';
import { LOGGER } from '../telemetry/logger.js';
import { OutageLog } from '../telemetry/outage-log.js';
import { Alarm } from './alarm.js';
import type { EventConsumer } from './event-consumer.js';
import { EventConsumers } from './event-consumers.js';
import { type Delivery, EVENTS_CHANNEL, EventDeliveries } from './event-deliveries.repository.js';

/** Notifications wake the relay; the poll is for those that a lost connection swallowed, and for what is tried again. */
const POLL_MS = 1_000;
/** Pauses double from 1 s to this many seconds, so that the last of the attempts is made some three hours later. */
const MOST_PAUSE_SECONDS = 900;
const MOST_ATTEMPTS = 20;

/** What came of looking for a delivery. */
type Outcome = 'handed over' | 'failed' | 'nothing due';

/**
 * Hands events to their consumers, each consumer at its own pace: one event after another, each struck out in the
 * transaction of what the consumer does about it. A crash in between undoes both.
 */
@Injectable()
export class EventRelay extends LeaderDuty {
  constructor(
    private readonly consumers: EventConsumers,
    private readonly deliveries: EventDeliveries,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async serve({ client, signal }: Term): Promise<void> {
    const served = this.consumers.all().map((consumer) => ({ consumer, alarm: new Alarm() }));
    const ringAll = (): void => {
      for (const { alarm } of served) alarm.ring();
    };
    client.on('notification', ({ channel }) => {
      if (channel === EVENTS_CHANNEL) ringAll();
    });
    signal.addEventListener('abort', ringAll, { once: true });
    await client.query(`LISTEN ${EVENTS_CHANNEL}`);
    if (served.length === 0) await aborted(signal);
    await Promise.all(served.map(({ consumer, alarm }) => this.serveOne(consumer, alarm, signal)));
  }

  private async serveOne(consumer: EventConsumer, alarm: Alarm, signal: AbortSignal): Promise<void> {
    const outage = new OutageLog(this.logger, `handing events to ${consumer.name}`);
    while (!signal.aborted) {
      try {
        const outcome = await this.handOverNext(consumer);
        outage.over();
        if (outcome === 'nothing due') await alarm.wait(POLL_MS);
      } catch (error) {
        outage.note(error);
        await alarm.wait(POLL_MS);
      }
    }
  }

  /** @throws what is wrong with the database, and never what the consumer throws */
  async handOverNext(consumer: EventConsumer): Promise<Outcome> {
    const taken: { delivery?: Delivery } = {};
    try {
      return await this.unitOfWork.run(async (tx) => {
        const delivery = await this.deliveries.take(consumer.name, tx);
        if (!delivery) return 'nothing due';
        taken.delivery = delivery;
        const { attempts: _, ...event } = delivery;
        await consumer.handle(event, tx);
        return 'handed over';
      });
    } catch (error) {
      if (!taken.delivery) throw error;
      await this.putOff(consumer, taken.delivery, error);
      return 'failed';
    }
  }

  private async putOff({ name: consumer }: EventConsumer, delivery: Delivery, error: unknown): Promise<void> {
    const { id: eventId, name: event } = delivery;
    const attempts = delivery.attempts + 1;
    const isLast = attempts >= MOST_ATTEMPTS;
    const message = isLast ? 'an event was not taken and is given up' : 'an event was not taken';
    const line = { message, consumer, event, eventId, attempts, err: describeError(error) };
    if (isLast) this.logger.error(line);
    else this.logger.warn(line);
    await this.unitOfWork.run((tx) =>
      isLast
        ? this.deliveries.drop(consumer, eventId, tx)
        : this.deliveries.postpone(consumer, eventId, MOST_PAUSE_SECONDS, tx),
    );
  }
}

/** A duty that ends early would end the term. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
