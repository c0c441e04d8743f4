import { Module } from '@nestjs/common';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { presentSeroError } from './sero-error.presenter.js';

/** SERO's surface: projects, files and keys as its clients know them. */
@Module({ controllers: [] })
export class SeroModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('sero', presentSeroError);
  }
}
