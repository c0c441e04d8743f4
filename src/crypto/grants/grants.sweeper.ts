import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { GrantsRepository } from './grants.repository.js';

/** Removes grants whose time is over, whatever became of their tasks. */
@Injectable()
export class GrantsSweeper extends PeriodicWork {
  readonly name = 'grants.sweep';
  readonly everyMs = 60_000;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: GrantsRepository,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.unitOfWork.run((tx) => this.repository.deleteExpired(tx));
  }
}
