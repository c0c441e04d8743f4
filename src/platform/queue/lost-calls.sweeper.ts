import { Inject, Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { Bells } from '../outbox/bells.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import { LostTasksRepository } from './lost-tasks.repository.js';
import { QUEUE_TIMINGS, type QueueTimings } from './queue-timings.js';
import { TaskRegistry } from './task-registry.js';

/** Calls again for tasks whose call was lost: the queue was emptied, or a worker died between call and task. */
@Injectable()
export class LostCallsSweeper extends PeriodicWork {
  readonly name = 'lost_calls.sweep';
  readonly everyMs: number;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lost: LostTasksRepository,
    private readonly outbox: TaskOutbox,
    private readonly bells: Bells,
    private readonly registry: TaskRegistry,
    @Inject(QUEUE_TIMINGS) private readonly timings: QueueTimings,
  ) {
    super();
    this.everyMs = timings.sweepMs;
  }

  async run(): Promise<void> {
    // While calls wait their turn, nothing tells a lost one from one that waits.
    if ((await this.bells.countWaiting()) > 0) return;
    await this.unitOfWork.run((tx) => this.callAgain(tx));
  }

  private async callAgain(tx: Tx): Promise<void> {
    const { kinds } = this.registry;
    const uncalled = await this.lost.listUncalled(kinds, this.timings.lostMs / 1000, tx);
    for (const tenant of new Set(uncalled.map(({ organizationId }) => organizationId))) {
      const ids = uncalled.filter(({ organizationId }) => organizationId === tenant).map(({ id }) => id);
      await this.outbox.append(tenant, ids, tx);
    }
  }
}
