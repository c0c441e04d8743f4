import { Global, Module } from '@nestjs/common';
import { ProjectDirectory } from '../auth/index.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { ProjectsRepository } from './projects.repository.js';

/** Which projects there are; all that a set-up needs. Global, since auth asks for the directory. */
@Global()
@Module({
  providers: [
    ProjectsRepository,
    { provide: ProjectDirectory, useExisting: ProjectsRepository },
    tenantDirectory('proj', 'projects', { project: 'id', numbered: true }),
  ],
  exports: [ProjectsRepository, ProjectDirectory],
})
export class ProjectDirectoryModule {}
