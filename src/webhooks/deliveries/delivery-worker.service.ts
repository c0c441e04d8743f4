import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import type { ClaimedDelivery } from './delivery.js';
import { DeliveryAttempts } from './delivery-attempts.service.js';
import { DeliveryBell } from './delivery-bell.js';
import { DeliveryClaims } from './delivery-claims.repository.js';
import { DeliveryClock } from './delivery-clock.js';
import { DEADLINE_MS } from './delivery-sender.service.js';

/** Most requests of this process at a time. They wait for others and cost next to nothing. */
const MOST_AT_ONCE = 64;
/** What a retry, another process or a receiver's pause makes due is noticed within this time. */
const POLL_MS = 500;
/** Long enough to word, send and write down an attempt, whatever else goes on. */
const LEASE_MS = DEADLINE_MS + 45_000;
/** At a stop, requests get this long to end. */
const FINISH_MS = 2_000;

/** Delivers, from its start until the process stops: claims what is due, sends it, writes down what became of it. */
@Injectable()
export class DeliveryWorker implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly giveUp = new AbortController();
  private readonly outage: OutageLog;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly claims: DeliveryClaims,
    private readonly attempts: DeliveryAttempts,
    private readonly bell: DeliveryBell,
    private readonly clock: DeliveryClock,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'claiming deliveries');
  }

  start(): void {
    this.loop = this.run();
  }

  /** While the database is still there: takes nothing more, and gives back what does not end in time. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.bell.ring();
    await this.loop;
    const ended = Promise.all(this.underWay);
    await Promise.race([ended, sleep(FINISH_MS, undefined, { ref: false })]);
    this.giveUp.abort();
    await ended;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const claimed = await this.claim();
      for (const delivery of claimed) this.begin(delivery);
      if (claimed.length === 0) await this.bell.wait(POLL_MS);
    }
  }

  /** Never throws: a database that is away is asked again. */
  private async claim(): Promise<readonly ClaimedDelivery[]> {
    const room = MOST_AT_ONCE - this.underWay.size;
    if (room <= 0) return [];
    try {
      const now = this.clock.now();
      const leaseUntil = new Date(now.getTime() + LEASE_MS);
      const claimed = await this.unitOfWork.run((tx) => this.claims.claim(now, leaseUntil, room, tx));
      this.outage.over();
      return claimed;
    } catch (error) {
      this.outage.note(error);
      return [];
    }
  }

  private begin(delivery: ClaimedDelivery): void {
    const attempt = this.attempts.make(delivery, this.giveUp.signal).finally(() => {
      this.underWay.delete(attempt);
      this.bell.ring();
    });
    this.underWay.add(attempt);
  }
}
