import { Injectable } from '@nestjs/common';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { settled } from '../../../platform/idempotency/settled.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { Invitation } from '../invitation.js';
import { InvitationChangesService } from '../invitation-changes.service.js';
import { InvitationMails } from '../invitation-mail.service.js';
import { InvitationsService } from '../invitations.service.js';
import type {
  CreatedInvitationDto,
  CreateInvitationDto,
  InvitationDto,
  InvitationQuery,
} from './invitation.dto.js';

const presentInvitation = (invitation: Invitation): InvitationDto => ({
  id: invitation.id,
  organization_id: invitation.organizationId,
  email: invitation.email,
  role: invitation.role,
  status: invitation.status,
  invited_by: invitation.invitedBy,
  created_at: invitation.createdAt.toISOString(),
  expires_at: invitation.expiresAt.toISOString(),
});

/** Inviting people, as every surface offers it. */
@Injectable()
export class InvitationOperations {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly changes: InvitationChangesService,
    private readonly mails: InvitationMails,
    private readonly writes: Writes,
  ) {}

  /** The token is in the answer alone, and only where no mail could bring it. */
  async createInvitation(
    caller: Caller,
    organizationId: string,
    { email, role }: CreateInvitationDto,
  ): Promise<CreatedInvitationDto> {
    const input = { email: email.trim(), role };
    const prepared = await settled(() => this.invitations.prepare(caller, organizationId, input));
    const mailable = await this.mails.canSend();
    let fresh: string | undefined;
    const answer = await this.writes.run<CreatedInvitationDto>(
      caller,
      async (tx) => {
        const { token } = prepared();
        const made = await this.changes.createInvitation(caller, organizationId, prepared(), tx);
        fresh = token;
        return { ...presentInvitation(made), mailed: mailable, token };
      },
      { withhold: 'token' },
    );
    if (fresh === undefined) return answer;
    const mailed = await this.mails.send({ ...input, organizationId, token: fresh });
    const { token: _, ...rest } = answer;
    return { ...rest, mailed, ...(!mailed && { token: fresh }) };
  }

  async listInvitations(
    caller: Caller,
    organizationId: string,
    { status }: Pick<InvitationQuery, 'status'>,
    listing: Listing,
  ): Promise<Listed<InvitationDto>> {
    const listed = await this.invitations.listInvitations(caller, organizationId, { status }, listing);
    return { ...listed, rows: listed.rows.map(presentInvitation) };
  }

  async revokeInvitation(caller: Caller, organizationId: string, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.changes.revokeInvitation(caller, organizationId, id, tx);
      return undefined;
    });
  }
}
