import { Module } from '@nestjs/common';
import { ProjectsRepository } from './projects.repository.js';

/** Projects: what documents, secrets and policies belong to. */
@Module({ providers: [ProjectsRepository], exports: [ProjectsRepository] })
export class ProjectsModule {}
