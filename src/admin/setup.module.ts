import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/index.js';
import { ProjectDirectoryModule } from '../projects/index.js';
import { FirstStartService } from './first-start.service.js';
import { TenantVault, TenantWriter } from './tenant.writer.js';

/** What a start does before anything serves. */
@Module({
  imports: [OrganizationsModule, ProjectDirectoryModule],
  providers: [FirstStartService, TenantWriter, TenantVault],
})
export class SetupModule {}
