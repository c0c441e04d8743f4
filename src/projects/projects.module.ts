import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OrganizationsModule } from '../organizations/index.js';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { ErasableProjects } from './erasable-projects.service.js';
import { PasswordReader } from './http/password-reader.js';
import { ProjectOperations } from './http/project-operations.js';
import { ProjectPasswordOperations } from './http/project-password-operations.js';
import { ProjectsController } from './http/projects.controller.js';
import { ProjectCaptionsService } from './project-captions.service.js';
import { ProjectChangesService } from './project-changes.service.js';
import { ProjectContentsRegistry } from './project-contents.js';
import { ProjectDefaults } from './project-defaults.service.js';
import { ProjectDescriptions } from './project-descriptions.service.js';
import { ProjectDirectoryModule } from './project-directory.module.js';
import { ProjectNewsWriter } from './project-news.service.js';
import { ProjectPasswordsService } from './project-passwords.service.js';
import { PROJECT_TEXTS } from './project-texts.js';
import { ProjectsService } from './projects.service.js';
import { SandboxProject } from './sandbox-project.js';
import { ErasableShares } from './shares/erasable-shares.service.js';
import { ProjectShareOperations } from './shares/http/project-share-operations.js';
import { ProjectSharesController } from './shares/http/project-shares.controller.js';
import { OrganizationShares } from './shares/organization-shares.js';
import { ProjectShareChangesService } from './shares/project-share-changes.service.js';
import { ProjectShareNewsWriter } from './shares/project-share-news.service.js';
import { ProjectSharesRepository } from './shares/project-shares.repository.js';
import { ProjectSharesService } from './shares/project-shares.service.js';
import { SharedProjectAccess } from './shares/shared-project-access.js';

/** Projects: what documents, secrets and policies belong to. */
@Module({
  imports: [DiscoveryModule, OrganizationsModule, ProjectDirectoryModule],
  controllers: [ProjectsController, ProjectSharesController],
  providers: [
    ErasableProjects,
    ErasableShares,
    sealedTexts(...PROJECT_TEXTS),
    OrganizationShares,
    PasswordReader,
    ProjectCaptionsService,
    ProjectChangesService,
    ProjectContentsRegistry,
    ProjectDefaults,
    ProjectDescriptions,
    ProjectNewsWriter,
    ProjectOperations,
    ProjectPasswordOperations,
    ProjectPasswordsService,
    ProjectShareChangesService,
    ProjectShareNewsWriter,
    ProjectShareOperations,
    ProjectSharesRepository,
    ProjectSharesService,
    SharedProjectAccess,
    ProjectsService,
    SandboxProject,
  ],
  exports: [
    ProjectCaptionsService,
    ProjectDirectoryModule,
    ProjectOperations,
    ProjectPasswordOperations,
    ProjectsService,
  ],
})
export class ProjectsModule {}
