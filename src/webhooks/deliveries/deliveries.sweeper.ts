import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryClock } from './delivery-clock.js';

/** How long what was delivered can be seen and sent again. */
const KEPT_DAYS = 30;
/** Rows a transaction. */
const STEP = 1_000;

/** Forgets old deliveries, in small steps. */
@Injectable()
export class DeliveriesSweeper extends PeriodicWork {
  readonly name = 'webhook_deliveries.sweep';
  readonly everyMs = 600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: DeliveriesRepository,
    private readonly clock: DeliveryClock,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let count = STEP; count === STEP && !signal.aborted; )
      count = await this.unitOfWork.run((tx) =>
        this.repository.deleteSome(KEPT_DAYS, STEP, this.clock.now(), tx),
      );
  }
}
