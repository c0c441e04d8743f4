import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { EventOutbox } from './event-outbox.js';
import { TaskOutbox } from './task-outbox.js';

/** Removes intents that were published and events whose time is over. */
@Injectable()
export class OutboxSweeper extends PeriodicWork {
  readonly name = 'outbox.sweep';
  readonly everyMs = 60_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intents: TaskOutbox,
    private readonly events: EventOutbox,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.intents.deletePublished(tx));
    await this.unitOfWork.run((tx) => this.events.deleteOld(tx));
  }
}
