import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/index.js';
import { AuditModule } from '../../audit/index.js';
import { OrganizationsModule } from '../../organizations/index.js';
import { HealthModule } from '../../platform/health/health.module.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { ProjectsModule } from '../../projects/index.js';
import { KeynestAccountsController } from './keynest-accounts.controller.js';
import { KeynestAddress } from './keynest-address.js';
import { KeynestAuditService } from './keynest-audit.service.js';
import { KeynestAuditLogsController } from './keynest-audit-logs.controller.js';
import { presentKeynestError } from './keynest-error.presenter.js';
import { KeynestMemberOperations } from './keynest-member-operations.js';
import { KeynestMembersController } from './keynest-members.controller.js';
import { KeynestOrganizationOperations } from './keynest-organization-operations.js';
import { KeynestOrganizationsController } from './keynest-organizations.controller.js';
import { KeynestProjectOperations } from './keynest-project-operations.js';
import { KeynestProjectsController } from './keynest-projects.controller.js';
import { KeynestStatusController } from './keynest-status.controller.js';

/** KeyNest's surface: its trailing slashes, envelopes and errors. */
@Module({
  imports: [AccountsModule, AuditModule, HealthModule, OrganizationsModule, ProjectsModule],
  controllers: [
    KeynestAccountsController,
    KeynestAuditLogsController,
    KeynestMembersController,
    KeynestOrganizationsController,
    KeynestProjectsController,
    KeynestStatusController,
  ],
  providers: [
    KeynestAddress,
    KeynestAuditService,
    KeynestMemberOperations,
    KeynestOrganizationOperations,
    KeynestProjectOperations,
  ],
})
export class KeynestModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('keynest', presentKeynestError);
  }
}
