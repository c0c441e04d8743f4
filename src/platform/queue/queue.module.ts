import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventConsumers } from '../outbox/event-consumers.js';
import { EventDeliveries } from '../outbox/event-deliveries.repository.js';
import { EventListeners } from '../outbox/event-listeners.repository.js';
import { EventOutbox } from '../outbox/event-outbox.js';
import { TaskOutbox } from '../outbox/task-outbox.js';
import { JobControl } from './job-control.js';
import { JobEndings } from './job-endings.js';
import { JobLogsRepository } from './job-logs.repository.js';
import { JobProgress } from './job-progress.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsWriter } from './jobs.writer.js';
import { TaskEndings } from './task-endings.js';
import { TasksRepository } from './tasks.repository.js';

const WRITERS = [
  EventConsumers,
  EventDeliveries,
  EventListeners,
  EventOutbox,
  JobControl,
  JobEndings,
  JobLogsRepository,
  JobProgress,
  JobsRepository,
  JobsWriter,
  TaskEndings,
  TaskOutbox,
  TasksRepository,
];

/** Making and steering background work, in any process; doing it is the worker's. Global, since any feature may. */
@Global()
@Module({ imports: [DiscoveryModule], providers: WRITERS, exports: WRITERS })
export class QueueModule {}
