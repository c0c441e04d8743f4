import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/index.js';
import { AuditModule } from '../../audit/index.js';
import { OrganizationsModule } from '../../organizations/index.js';
import { HealthModule } from '../../platform/health/health.module.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { ProjectsModule } from '../../projects/index.js';
import { SecretsModule } from '../../secrets/index.js';
import { KeynestAccountsController } from './keynest-accounts.controller.js';
import { KeynestAddress } from './keynest-address.js';
import { KeynestAuditService } from './keynest-audit.service.js';
import { KeynestAuditLogsController } from './keynest-audit-logs.controller.js';
import { KeynestEnvironmentCaptions } from './keynest-environment-captions.service.js';
import { KeynestEnvironmentFilesController } from './keynest-environment-files.controller.js';
import { KeynestEnvironmentListsController } from './keynest-environment-lists.controller.js';
import { KeynestEnvironmentOperations } from './keynest-environment-operations.js';
import { KeynestEnvironmentsController } from './keynest-environments.controller.js';
import { presentKeynestError } from './keynest-error.presenter.js';
import { KeynestExportOperations } from './keynest-export-operations.js';
import { KeynestImportOperations } from './keynest-import-operations.js';
import { KeynestMemberOperations } from './keynest-member-operations.js';
import { KeynestMembersController } from './keynest-members.controller.js';
import { KeynestOrganizationOperations } from './keynest-organization-operations.js';
import { KeynestOrganizationsController } from './keynest-organizations.controller.js';
import { KeynestProjectOperations } from './keynest-project-operations.js';
import { KeynestProjectsController } from './keynest-projects.controller.js';
import { KeynestStatusController } from './keynest-status.controller.js';
import { KeynestVariableLists } from './keynest-variable-lists.js';
import { KeynestVariableOperations } from './keynest-variable-operations.js';
import { KeynestVariablesController } from './keynest-variables.controller.js';

/** KeyNest's surface: its trailing slashes, envelopes and errors. */
@Module({
  imports: [AccountsModule, AuditModule, HealthModule, OrganizationsModule, ProjectsModule, SecretsModule],
  controllers: [
    KeynestAccountsController,
    KeynestAuditLogsController,
    KeynestEnvironmentFilesController,
    KeynestEnvironmentListsController,
    KeynestEnvironmentsController,
    KeynestMembersController,
    KeynestOrganizationsController,
    KeynestProjectsController,
    KeynestStatusController,
    KeynestVariablesController,
  ],
  providers: [
    KeynestAddress,
    KeynestAuditService,
    KeynestEnvironmentCaptions,
    KeynestEnvironmentOperations,
    KeynestExportOperations,
    KeynestImportOperations,
    KeynestMemberOperations,
    KeynestOrganizationOperations,
    KeynestProjectOperations,
    KeynestVariableLists,
    KeynestVariableOperations,
  ],
})
export class KeynestModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('keynest', presentKeynestError);
  }
}
