import { Injectable } from '@nestjs/common';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { ErasureReapplication } from './erasure-reapplication.service.js';
import { ForgottenErasures } from './forgotten-erasures.service.js';

/** Where a database is put in the place of another while processes run on it, no start notices. */
@Injectable()
export class ReappliedErasures extends PeriodicWork {
  readonly name = 'erasures.reapply';
  readonly everyMs = 600_000;

  constructor(
    private readonly forgotten: ForgottenErasures,
    private readonly reapplication: ErasureReapplication,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.reapplication.run(await this.forgotten.unknown(), signal);
  }
}
