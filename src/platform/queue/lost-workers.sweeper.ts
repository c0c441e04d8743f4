import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PeriodicWork } from '../leader/periodic-work.js';
import { LostTasksRepository } from './lost-tasks.repository.js';
import { QUEUE_TIMINGS, type QueueTimings } from './queue-timings.js';
import { TaskRecovery } from './task-recovery.js';

/** Finds tasks whose worker no longer renews its lease. */
@Injectable()
export class LostWorkersSweeper extends PeriodicWork {
  readonly name = 'lost_workers.sweep';
  readonly everyMs: number;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
    private readonly lost: LostTasksRepository,
    private readonly recovery: TaskRecovery,
    @Inject(QUEUE_TIMINGS) timings: QueueTimings,
  ) {
    super();
    this.everyMs = timings.sweepMs;
  }

  async run(): Promise<void> {
    for (const id of await this.lost.listExpired(this.dataSource.manager)) {
      await this.unitOfWork.run((tx) => this.recovery.recover(id, tx));
    }
  }
}
