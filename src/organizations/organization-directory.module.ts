import { Global, Module } from '@nestjs/common';
import { HomeOrganizations, InvitationAcceptance } from '../auth/index.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { HomeOrganizationsService } from './home-organizations.service.js';
import { InvitationAcceptanceService } from './invitations/invitation-acceptance.service.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { MembershipsRepository } from './members/memberships.repository.js';
import { OrganizationFounder } from './organization-founder.service.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { SandboxModule } from './sandbox/sandbox.module.js';

/** Which organizations there are and who belongs to them; all that a set-up needs. Global, since auth asks for it. */
@Global()
@Module({
  imports: [SandboxModule],
  providers: [
    HomeOrganizationsService,
    InvitationAcceptanceService,
    InvitationsRepository,
    MembershipsRepository,
    OrganizationFounder,
    OrganizationsRepository,
    { provide: HomeOrganizations, useExisting: HomeOrganizationsService },
    { provide: InvitationAcceptance, useExisting: InvitationAcceptanceService },
    tenantDirectory('org', 'organizations', { organization: 'id', numbered: true }),
  ],
  exports: [
    HomeOrganizations,
    InvitationAcceptance,
    InvitationAcceptanceService,
    InvitationsRepository,
    MembershipsRepository,
    OrganizationFounder,
    OrganizationsRepository,
  ],
})
export class OrganizationDirectoryModule {}
