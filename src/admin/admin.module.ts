import { Module } from '@nestjs/common';
import { UsersModule } from '../accounts/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { ProjectDirectoryModule } from '../projects/index.js';
import { BreakGlassRepository } from './break-glass/break-glass.repository.js';
import { BreakGlassService } from './break-glass/break-glass.service.js';
import { BreakGlassAccess } from './break-glass/break-glass-access.service.js';
import { BreakGlassNewsWriter } from './break-glass/break-glass-news.service.js';
import { BreakGlassOversight } from './break-glass/break-glass-oversight.service.js';
import { BreakGlassController } from './break-glass/http/break-glass.controller.js';
import { BreakGlassOperations } from './break-glass/http/break-glass-operations.js';
import { ConfigChangesService } from './configs/config-changes.service.js';
import { ConfigOperations } from './configs/http/config-operations.js';
import { ConfigsController } from './configs/http/configs.controller.js';
import { PermissionsController } from './permissions/http/permissions.controller.js';
import { SettingsController } from './settings/http/settings.controller.js';
import { SettingsOperations } from './settings/http/settings-operations.js';
import { OrganizationSettingsService } from './settings/organization-settings.service.js';
import { UserAccessController } from './users/http/user-access.controller.js';
import { UserAccessOperations } from './users/http/user-access-operations.js';
import { UserImportController } from './users/http/user-import.controller.js';
import { UserImportOperations } from './users/http/user-import-operations.js';
import { UserDesk, UserOperations } from './users/http/user-operations.js';
import { UsersController } from './users/http/users.controller.js';
import { UserImportService } from './users/import/user-import.service.js';
import { UserOnboarding } from './users/user-onboarding.service.js';
import { UserPermissionsService } from './users/user-permissions.service.js';
import { UserRemoval } from './users/user-removal.service.js';
import { UserTiesRepository } from './users/user-ties.repository.js';

/** Administration of the instance, and of what an organization settles for itself. */
@Module({
  imports: [OrganizationsModule, ProjectDirectoryModule, UsersModule],
  controllers: [
    // Before users, whose paths end in any id.
    UserImportController,
    UserAccessController,
    UsersController,
    BreakGlassController,
    ConfigsController,
    PermissionsController,
    SettingsController,
  ],
  providers: [
    BreakGlassAccess,
    BreakGlassNewsWriter,
    BreakGlassOperations,
    BreakGlassOversight,
    BreakGlassRepository,
    BreakGlassService,
    ConfigChangesService,
    ConfigOperations,
    OrganizationSettingsService,
    SettingsOperations,
    UserAccessOperations,
    UserDesk,
    UserImportOperations,
    UserImportService,
    UserOnboarding,
    UserOperations,
    UserPermissionsService,
    UserRemoval,
    UserTiesRepository,
  ],
  exports: [SettingsOperations, UserOperations],
})
export class AdminModule {}
