import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { JobOperations } from './http/job-operations.js';
import { JobsController } from './http/jobs.controller.js';
import { LogOperations } from './http/log-operations.js';
import { LogsController } from './http/logs.controller.js';
import { TaskOperations } from './http/task-operations.js';
import { TasksController } from './http/tasks.controller.js';
import { JobEventsService } from './job-events.service.js';
import { JobLogsService } from './job-logs.service.js';
import { JobTypes } from './job-types.js';
import { JobViewsRepository } from './job-views.repository.js';
import { JobsService } from './jobs.service.js';
import { TasksService } from './tasks.service.js';

/** Background work as clients see it: asking for it, watching, cancelling and repeating it. */
@Module({
  imports: [DiscoveryModule],
  controllers: [JobsController, TasksController, LogsController],
  providers: [
    JobEventsService,
    JobLogsService,
    JobOperations,
    JobTypes,
    JobViewsRepository,
    JobsService,
    LogOperations,
    TaskOperations,
    TasksService,
    tenantDirectory('job', 'jobs', { project: 'project_id' }),
    tenantDirectory('task', 'tasks'),
  ],
  exports: [JobOperations, JobsService, LogOperations, TaskOperations],
})
export class JobsModule {}
