import { Injectable } from '@nestjs/common';
import { Homes, Invitations } from '../../accounts/index.js';
import { LoginTokens } from '../../auth/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { sha256 } from '../../platform/digest/sha256.js';
import { ORGANIZATION_ROLES, type OrganizationRole } from '../../platform/http/permission.js';
import { newcomerEntry } from '../newcomer-entry.js';
import { OrganizationFounder } from '../organization-founder.service.js';
import { organizationError } from '../organizations.errors.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Lets people in who were invited: those who register, and those who have an account. */
@Injectable()
export class InvitationAcceptanceService extends Invitations.InvitationAcceptance {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly founder: OrganizationFounder,
    private readonly audit: AuditWriter,
  ) {
    super();
  }

  async find(token: string, db: Tx): Promise<Invitations.OpenInvitation | undefined> {
    // What has not the form of a token is none, and is never hashed.
    return LoginTokens.isLoginToken(token) ? this.invitations.findOpen(sha256(token), db) : undefined;
  }

  async accept(invitation: Invitations.OpenInvitation, guest: Homes.HomeOwner, tx: Tx): Promise<boolean> {
    if (!(await this.join(invitation, guest.userId, tx))) return false;
    const { id, organizationId, role } = invitation;
    const { details, ...entry } = newcomerEntry(organizationId, guest);
    const target = { type: 'invitation', id };
    const action = 'invitation.accepted';
    await this.audit.append({ ...entry, action, target, details: { ...details, role } }, tx);
    return true;
  }

  /**
   * The same without telling of it. The organization is locked first, as its end does, so that whoever is let in finds it
   * there.
   * @returns the role they have now, or nothing when the invitation is not open any more
   * @throws AppError ALREADY_MEMBER; it stays open then
   */
  async join(
    { id, organizationId, role }: Invitations.OpenInvitation,
    userId: string,
    tx: Tx,
  ): Promise<OrganizationRole | undefined> {
    if (!(await this.organizations.lock(organizationId, tx))) return undefined;
    if (!(await this.invitations.markAccepted(organizationId, id, tx))) return undefined;
    const known = ORGANIZATION_ROLES.find((one) => one === role);
    if (!known) throw new Error('an invitation has a role that nobody has');
    if (!(await this.founder.admit(organizationId, userId, known, tx)))
      throw organizationError('ALREADY_MEMBER');
    return known;
  }
}
