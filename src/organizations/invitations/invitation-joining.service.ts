import { Injectable } from '@nestjs/common';
import type { Invitations } from '../../accounts/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Organization } from '../organization.js';
import { OrganizationDescriptions } from '../organization-descriptions.service.js';
import { OrganizationNewsWriter } from '../organization-news.service.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';

/** Lets somebody with an account into the organization that has invited them. */
@Injectable()
export class InvitationJoining {
  constructor(
    private readonly acceptance: InvitationAcceptanceService,
    private readonly organizations: OrganizationsRepository,
    private readonly descriptions: OrganizationDescriptions,
    private readonly news: OrganizationNewsWriter,
  ) {}

  /** @throws AppError NOT_FOUND when it was used or revoked meanwhile, ALREADY_MEMBER */
  async join(caller: Caller, invitation: Invitations.OpenInvitation, tx: Tx): Promise<Organization> {
    const { id, organizationId, role } = invitation;
    const admitted = await this.acceptance.join(invitation, caller.principal.userId, tx);
    const row = admitted && (await this.organizations.find(organizationId, tx));
    if (!row || !admitted) throw platformError('NOT_FOUND');
    const target = { type: 'invitation', id } as const;
    const news = { organizationId, action: 'invitation.accepted', target, details: { role } };
    await this.news.tell(caller, news, tx);
    return this.descriptions.open(row, admitted, tx);
  }
}
