import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { IdempotencyRepository } from './idempotency.repository.js';

/** Removes stored answers whose time is over. */
@Injectable()
export class IdempotencySweeper extends PeriodicWork {
  readonly name = 'idempotency_keys.sweep';
  readonly everyMs = 600_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: IdempotencyRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.repository.deleteExpired(tx));
  }
}
