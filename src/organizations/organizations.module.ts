import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccountsModule } from '../accounts/index.js';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { ErasableOrganizations } from './erasable-organizations.service.js';
import { OrganizationOperations } from './http/organization-operations.js';
import { OrganizationsController } from './http/organizations.controller.js';
import { AcceptanceController } from './invitations/http/acceptance.controller.js';
import { AcceptanceOperations } from './invitations/http/acceptance-operations.js';
import { InvitationOperations } from './invitations/http/invitation-operations.js';
import { InvitationsController } from './invitations/http/invitations.controller.js';
import { InvitationChangesService } from './invitations/invitation-changes.service.js';
import { InvitationJoining } from './invitations/invitation-joining.service.js';
import { InvitationMails } from './invitations/invitation-mail.service.js';
import { InvitationMatching } from './invitations/invitation-matching.service.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { InvitationsSweeper } from './invitations/invitations.sweeper.js';
import { ErasableMemberships } from './members/erasable-memberships.service.js';
import { MemberOperations } from './members/http/member-operations.js';
import { MembersController } from './members/http/members.controller.js';
import { MemberChangesService } from './members/member-changes.service.js';
import { MemberDeparturesRepository } from './members/member-departures.repository.js';
import { MemberDepartures } from './members/member-departures.service.js';
import { MembersService } from './members/members.service.js';
import { OrganizationChangesService } from './organization-changes.service.js';
import { OrganizationContentsRegistry } from './organization-contents.js';
import { OrganizationDescriptions } from './organization-descriptions.service.js';
import { OrganizationDirectoryModule } from './organization-directory.module.js';
import { OrganizationNewsWriter } from './organization-news.service.js';
import { OrganizationRemoval } from './organization-removal.service.js';
import { ORGANIZATION_TEXTS } from './organization-texts.js';
import { OrganizationsService } from './organizations.service.js';
import { SandboxRenewal } from './sandbox/sandbox-renewal.service.js';

/** Tenants, who belongs to them, and who is invited. */
@Module({
  imports: [AccountsModule, DiscoveryModule, OrganizationDirectoryModule],
  controllers: [OrganizationsController, MembersController, InvitationsController, AcceptanceController],
  providers: [
    sealedTexts(...ORGANIZATION_TEXTS),
    AcceptanceOperations,
    ErasableMemberships,
    ErasableOrganizations,
    InvitationChangesService,
    InvitationJoining,
    InvitationMails,
    InvitationMatching,
    InvitationOperations,
    InvitationsService,
    InvitationsSweeper,
    MemberChangesService,
    MemberDepartures,
    MemberDeparturesRepository,
    MemberOperations,
    MembersService,
    OrganizationChangesService,
    OrganizationContentsRegistry,
    OrganizationDescriptions,
    OrganizationNewsWriter,
    OrganizationOperations,
    OrganizationRemoval,
    OrganizationsService,
    SandboxRenewal,
  ],
  exports: [
    InvitationOperations,
    MemberDepartures,
    MemberOperations,
    MembersService,
    OrganizationOperations,
    OrganizationsService,
  ],
})
export class OrganizationsModule {}
