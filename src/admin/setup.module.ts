import { Module } from '@nestjs/common';
import { OrganizationDirectoryModule } from '../organizations/index.js';
import { ProjectDirectoryModule } from '../projects/index.js';
import { FirstStartService } from './first-start.service.js';
import { TenantVault, TenantWriter } from './tenant.writer.js';

/** What a start does before anything serves. */
@Module({
  imports: [OrganizationDirectoryModule, ProjectDirectoryModule],
  providers: [FirstStartService, TenantWriter, TenantVault],
})
export class SetupModule {}
