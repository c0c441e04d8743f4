import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** A completion that is on its way for so long has lost its process. One that ends after all says so still. */
const LOST_SECONDS = 3_600;

/** Receipts that one transaction marks. */
const ROUND = 1_000;

/** Ends the receipts of completions whose process ended before them. */
@Injectable()
export class LostReceiptsSweeper extends PeriodicWork {
  readonly name = 'chat_receipts.sweep';
  readonly everyMs = 600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReceiptsRepository,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    let ended = ROUND;
    while (ended === ROUND && !signal.aborted)
      ended = await this.unitOfWork.run((tx) => this.repository.endLost(LOST_SECONDS, ROUND, tx));
  }
}
