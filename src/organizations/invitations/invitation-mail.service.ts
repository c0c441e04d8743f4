import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OrganizationsService } from '../organizations.service.js';
import { INVITATION_HOURS, type InvitationInput } from './invitation.js';

/** What an invitation's mail says. */
export interface InvitationMail extends InvitationInput {
  readonly organizationId: string;
  readonly token: string;
}

/** Tells those who are invited, where there is a server to send mail by. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly mailer: Mailer,
    private readonly organizations: OrganizationsService,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_PUBLIC_URL' | 'PORT'>,
  ) {}

  canSend(): Promise<boolean> {
    return this.mailer.canSend();
  }

  /** @returns whether a server has taken the mail; whoever invites hands the token over themselves where none has */
  async send({ email, role, organizationId, token }: InvitationMail): Promise<boolean> {
    if (!(await this.mailer.canSend())) return false;
    const names = await this.organizations.namesOf([organizationId]);
    const name = (names.get(organizationId)?.name ?? '').replaceAll(/\s+/g, ' ');
    const text = textOf({ name, role, token, base: this.settings.REDOUBT_PUBLIC_URL ?? this.local() });
    return this.mailer.send({ to: email, subject: 'You are invited to Redoubt', text }).then(
      () => true,
      // What the server says may quote the address.
      () => false,
    );
  }

  private local(): string {
    return `http://localhost:${this.settings.PORT}`;
  }
}

const textOf = ({
  name,
  role,
  token,
  base,
}: Record<'name' | 'role' | 'token' | 'base', string>): string => `Hello,

you are invited to join the organization "${name}" as ${role}.

Your token, which works once and for ${INVITATION_HOURS} hours:

  ${token}

With an account of this address, log in and send it as {"token": "…"} to
  POST ${base}/api/v1/invitations/accept

Without one, register with this address and send it as "invitation_token" to
  POST ${base}/api/v1/auth/register

If you did not expect this, do nothing.
`;
