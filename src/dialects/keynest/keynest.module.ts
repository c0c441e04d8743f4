import { Module } from '@nestjs/common';
import { HealthModule } from '../../platform/health/health.module.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { ProjectsModule } from '../../projects/index.js';
import { KeynestAddress } from './keynest-address.js';
import { presentKeynestError } from './keynest-error.presenter.js';
import { KeynestProjectOperations } from './keynest-project-operations.js';
import { KeynestProjectsController } from './keynest-projects.controller.js';
import { KeynestStatusController } from './keynest-status.controller.js';

/** KeyNest's surface: its trailing slashes, envelopes and errors. */
@Module({
  imports: [HealthModule, ProjectsModule],
  controllers: [KeynestProjectsController, KeynestStatusController],
  providers: [KeynestAddress, KeynestProjectOperations],
})
export class KeynestModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('keynest', presentKeynestError);
  }
}
