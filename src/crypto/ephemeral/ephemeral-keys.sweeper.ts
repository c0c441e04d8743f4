import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { EphemeralKeysRepository } from './ephemeral-keys.repository.js';

/** Removes keys that were handed out and not used in time. */
@Injectable()
export class EphemeralKeysSweeper extends PeriodicWork {
  readonly name = 'ephemeral_keys.sweep';
  readonly everyMs = 60_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: EphemeralKeysRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.repository.deleteExpired(tx));
  }
}
