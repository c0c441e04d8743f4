import { Module } from '@nestjs/common';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { OrganizationsRepository } from './organizations.repository.js';

/** Tenants and who belongs to them. */
@Module({
  providers: [
    OrganizationsRepository,
    tenantDirectory('org', 'organizations', { organization: 'id', numbered: true }),
  ],
  exports: [OrganizationsRepository],
})
export class OrganizationsModule {}
