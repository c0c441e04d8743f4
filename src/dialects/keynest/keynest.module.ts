import { Module } from '@nestjs/common';
import { HealthModule } from '../../platform/health/health.module.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { presentKeynestError } from './keynest-error.presenter.js';
import { KeynestStatusController } from './keynest-status.controller.js';

/** KeyNest's surface: its trailing slashes, envelopes and errors. */
@Module({ imports: [HealthModule], controllers: [KeynestStatusController] })
export class KeynestModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('keynest', presentKeynestError);
  }
}
