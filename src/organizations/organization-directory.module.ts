import { Global, Module } from '@nestjs/common';
import { Homes, Invitations } from '../accounts/index.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { HomeOrganizationsService } from './home-organizations.service.js';
import { InvitationAcceptanceService } from './invitations/invitation-acceptance.service.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { MemberEventNames } from './members/member-event-names.service.js';
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
    MemberEventNames,
    MembershipsRepository,
    OrganizationFounder,
    OrganizationsRepository,
    { provide: Homes.HomeOrganizations, useExisting: HomeOrganizationsService },
    { provide: Invitations.InvitationAcceptance, useExisting: InvitationAcceptanceService },
    tenantDirectory('org', 'organizations', { organization: 'id', numbered: true }),
  ],
  exports: [
    Homes.HomeOrganizations,
    Invitations.InvitationAcceptance,
    InvitationAcceptanceService,
    InvitationsRepository,
    MembershipsRepository,
    OrganizationFounder,
    OrganizationsRepository,
  ],
})
export class OrganizationDirectoryModule {}
