import { Global, Module } from '@nestjs/common';
import { ProjectDirectory } from '../auth/index.js';
import { ProjectsRepository } from './projects.repository.js';

/** Projects: what documents, secrets and policies belong to. Global, since auth asks for their directory. */
@Global()
@Module({
  providers: [ProjectsRepository, { provide: ProjectDirectory, useExisting: ProjectsRepository }],
  exports: [ProjectsRepository, ProjectDirectory],
})
export class ProjectsModule {}
