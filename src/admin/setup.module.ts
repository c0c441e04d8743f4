import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/index.js';
import { ProjectsModule } from '../projects/index.js';
import { FirstStartService } from './first-start.service.js';
import { TenantVault, TenantWriter } from './tenant.writer.js';

/** What a start does before anything serves. */
@Module({
  imports: [OrganizationsModule, ProjectsModule],
  providers: [FirstStartService, TenantWriter, TenantVault],
})
export class SetupModule {}
