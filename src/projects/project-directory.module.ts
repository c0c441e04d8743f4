import { Global, Module } from '@nestjs/common';
import { ProjectDirectory } from '../auth/index.js';
import { ProjectsRepository } from './projects.repository.js';

/** Which projects there are; all that a set-up needs. Global, since auth asks for the directory. */
@Global()
@Module({
  providers: [ProjectsRepository, { provide: ProjectDirectory, useExisting: ProjectsRepository }],
  exports: [ProjectsRepository, ProjectDirectory],
})
export class ProjectDirectoryModule {}
