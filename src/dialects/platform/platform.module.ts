import { Module } from '@nestjs/common';
import { AdminModule } from '../../admin/index.js';
import { JobsModule } from '../../jobs/index.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { RedactionModule } from '../../redaction/index.js';
import { PlatformApiKeysController } from './platform-api-keys.controller.js';
import { presentPlatformError } from './platform-error.presenter.js';
import { PlatformJobsController } from './platform-jobs.controller.js';
import { PlatformLogsController } from './platform-logs.controller.js';
import { PlatformResourcesController } from './platform-resources.controller.js';
import { PlatformSettingsController } from './platform-settings.controller.js';
import { PlatformTasksController } from './platform-tasks.controller.js';
import { PlatformUsageController } from './platform-usage.controller.js';
import { PlatformUsersController } from './platform-users.controller.js';

/** Platform's surface: the core's operations in its envelopes, with its errors. */
@Module({
  imports: [AdminModule, RedactionModule, JobsModule],
  controllers: [
    PlatformResourcesController,
    PlatformJobsController,
    PlatformTasksController,
    PlatformLogsController,
    PlatformApiKeysController,
    PlatformUsageController,
    PlatformUsersController,
    PlatformSettingsController,
  ],
})
export class PlatformModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('platform', presentPlatformError);
  }
}
