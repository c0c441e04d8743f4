import { Injectable } from '@nestjs/common';
import { isAllowedEmail } from '../../platform/configs/organization-settings.js';
import { OrganizationSettingsRepository } from '../../platform/configs/organization-settings.repository.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { roleHere } from '../here.js';
import { MembershipsRepository } from '../members/memberships.repository.js';
import { OrganizationNewsWriter } from '../organization-news.service.js';
import { organizationError } from '../organizations.errors.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import type { Invitation } from './invitation.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService, type PreparedInvitation } from './invitations.service.js';

/** Inviting people, and taking that back, each with its audit row. */
@Injectable()
export class InvitationChangesService {
  constructor(
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly reading: InvitationsService,
    private readonly settings: OrganizationSettingsRepository,
    private readonly news: OrganizationNewsWriter,
  ) {}

  /** @throws AppError NOT_FOUND, EMAIL_NOT_ALLOWED, ALREADY_MEMBER, INVITATION_EXISTS */
  async createInvitation(
    caller: Caller,
    organizationId: string,
    { token: _, userId, email, ...prepared }: PreparedInvitation,
    tx: Tx,
  ): Promise<Invitation> {
    await this.lock(caller, organizationId, tx);
    await this.ensureAllowed(organizationId, email, tx);
    if (userId !== undefined && (await this.memberships.find(organizationId, userId, tx)))
      throw organizationError('ALREADY_MEMBER', { details: { field: 'email', constraint: 'unique' } });
    if (await this.invitations.hasOpen(organizationId, prepared.emailLookup, tx))
      throw organizationError('INVITATION_EXISTS', { details: { field: 'email', constraint: 'unique' } });
    const { id, role } = prepared;
    const emailSealed = await this.reading.seal({ organizationId, id }, email, tx);
    const row = { ...prepared, organizationId, emailSealed, invitedBy: caller.principal.userId };
    await this.invitations.insert(row, tx);
    await this.tell(caller, organizationId, { action: 'created', id, userId, details: { role } }, tx);
    return this.reading.open(await this.get(organizationId, id, tx), tx);
  }

  /** Nothing happens where it is not open any more. @throws AppError NOT_FOUND, INVITATION_ACCEPTED */
  async revokeInvitation(caller: Caller, organizationId: string, id: string, tx: Tx): Promise<void> {
    await this.lock(caller, organizationId, tx);
    const { status } = await this.get(organizationId, id, tx);
    if (status === 'accepted') throw organizationError('INVITATION_ACCEPTED');
    if (!(await this.invitations.markRevoked(organizationId, id, tx))) return;
    await this.tell(caller, organizationId, { action: 'revoked', id, userId: undefined, details: {} }, tx);
  }

  private async ensureAllowed(organizationId: string, email: string, tx: Tx): Promise<void> {
    const settings = await this.settings.read(organizationId, tx);
    if (isAllowedEmail(settings, email)) return;
    const allowed = [...settings.allowed_email_domains];
    throw organizationError('EMAIL_NOT_ALLOWED', {
      details: { field: 'email', constraint: 'domain', allowed },
    });
  }

  /** So that two invitations of one address at once are not both taken, and none is revoked while it is accepted. */
  private async lock({ principal }: Caller, organizationId: string, tx: Tx): Promise<void> {
    roleHere(principal, organizationId);
    if (!(await this.organizations.lock(organizationId, tx))) throw platformError('NOT_FOUND');
  }

  private async get(organizationId: string, id: string, tx: Tx) {
    const row = await this.invitations.find(organizationId, id, tx);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  private tell(
    caller: Caller,
    organizationId: string,
    news: {
      readonly action: 'created' | 'revoked';
      readonly id: string;
      readonly userId: string | undefined;
      readonly details: Readonly<Record<string, string>>;
    },
    tx: Tx,
  ): Promise<void> {
    const { action, id, userId: subjectUserId, details } = news;
    const target = { type: 'invitation', id } as const;
    const told = { organizationId, action: `invitation.${action}`, target, subjectUserId, details };
    return this.news.tell(caller, told, tx);
  }
}
