import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { LeaderModule } from '../leader/leader.module.js';
import { Bells } from '../outbox/bells.js';
import { EventRelay } from '../outbox/event-relay.js';
import { OutboxSweeper } from '../outbox/outbox.sweeper.js';
import { OutboxRelay } from '../outbox/outbox-relay.js';
import { BELL_BACKEND, openBellBackend } from './bell-backend.js';
import { BullBells } from './bull.bells.js';
import { JobLogsSweeper } from './job-logs.sweeper.js';
import { LeaseKeeper } from './lease-keeper.js';
import { LostCallsSweeper } from './lost-calls.sweeper.js';
import { LostTasksRepository } from './lost-tasks.repository.js';
import { LostWorkersSweeper } from './lost-workers.sweeper.js';
import { QUEUE_TIMINGS, type QueueTimings, TIMINGS } from './queue-timings.js';
import { QueueWorker } from './queue-worker.js';
import { StartCheck } from './start-check.js';
import { TaskClaims } from './task-claims.js';
import type { TaskDefinition } from './task-definition.js';
import { TaskJournal } from './task-journal.js';
import { TaskRecovery } from './task-recovery.js';
import { TASK_DEFINITIONS, TaskRegistry } from './task-registry.js';
import { TaskRunner } from './task-runner.js';
import { TaskSettlement } from './task-settlement.js';

const backend = {
  provide: BELL_BACKEND,
  inject: [SETTINGS],
  useFactory: (settings: Settings) => openBellBackend(settings),
};

/** Doing background work: calls, tasks, and what the leader of all workers does. */
@Module({})
export class WorkerQueueModule {
  /** @param definitions every kind of task there is; each must have a handler among the providers */
  static forRoot(definitions: readonly TaskDefinition[], timings: QueueTimings = TIMINGS): DynamicModule {
    return {
      module: WorkerQueueModule,
      imports: [DiscoveryModule, LeaderModule],
      providers: [
        backend,
        { provide: TASK_DEFINITIONS, useValue: definitions },
        { provide: QUEUE_TIMINGS, useValue: timings },
        BullBells,
        { provide: Bells, useExisting: BullBells },
        LeaseKeeper,
        LostTasksRepository,
        QueueWorker,
        StartCheck,
        TaskClaims,
        TaskJournal,
        TaskRecovery,
        TaskRegistry,
        TaskRunner,
        TaskSettlement,
        EventRelay,
        OutboxRelay,
        ...[JobLogsSweeper, LostCallsSweeper, LostWorkersSweeper, OutboxSweeper],
      ],
      exports: [QueueWorker, LeaderModule],
    };
  }
}
