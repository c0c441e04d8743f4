import { Module } from '@nestjs/common';
import { FilesModule } from '../../files/index.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { ProjectsModule } from '../../projects/index.js';
import { SeroCryptoController } from './sero-crypto.controller.js';
import { SeroDocumentsController } from './sero-documents.controller.js';
import { presentSeroError } from './sero-error.presenter.js';
import { SeroFilesController } from './sero-files.controller.js';
import { SeroProjectsController } from './sero-projects.controller.js';

/** SERO's surface: projects, files and keys as its clients know them. */
@Module({
  imports: [ProjectsModule, FilesModule],
  controllers: [SeroCryptoController, SeroDocumentsController, SeroFilesController, SeroProjectsController],
})
export class SeroModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('sero', presentSeroError);
  }
}
