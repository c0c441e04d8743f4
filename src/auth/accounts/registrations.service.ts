import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { invalidField } from '../../platform/errors/app-error.js';
import { authError } from '../auth.errors.js';
import { InvitationAcceptance, type OpenInvitation } from '../invitation-acceptance.js';
import type { PersonalData } from '../user-card.js';
import { AccountIdentities, type IdentityLookups } from './account-identities.service.js';
import { checkAccountPassword, familiarOf } from './account-password.policy.js';

/** What somebody registers with. */
export interface Registration extends PersonalData {
  readonly password: string;
  readonly invitationToken: string | undefined;
}

/** A registration that may go on. */
export interface AllowedRegistration {
  readonly person: PersonalData;
  readonly lookups: IdentityLookups;
  readonly invitation: OpenInvitation | undefined;
}

/** Whether nobody but this machine reaches what listens there. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.startsWith('127.') ||
  (isIPv6(host) && /^(?:::1|0*(?::0*){6}:0*1)$/.test(host));

/** Who may register, and with what. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly identities: AccountIdentities,
    private readonly invitations: InvitationAcceptance,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'HOST'>,
  ) {}

  /**
   * Everything that can be asked before the slow part.
   * @throws AppError REGISTRATION_CLOSED, INVALID_INVITATION, VALIDATION_ERROR, EMAIL_TAKEN, USERNAME_TAKEN
   */
  async check({ password, invitationToken, ...person }: Registration): Promise<AllowedRegistration> {
    const lookups = await this.identities.lookupsOf(person);
    const invitation = await this.invitationOf(invitationToken, lookups);
    checkAccountPassword('password', password, familiarOf(person));
    await this.identities.ensureFree(lookups, undefined, this.dataSource.manager);
    return { person, lookups, invitation };
  }

  private async invitationOf(
    token: string | undefined,
    { emailLookup }: IdentityLookups,
  ): Promise<OpenInvitation | undefined> {
    if (token === undefined) {
      if (isLoopback(this.settings.HOST)) return undefined;
      throw authError('REGISTRATION_CLOSED');
    }
    const invitation = await this.invitations.find(token, this.dataSource.manager);
    if (!invitation) throw authError('INVALID_INVITATION');
    if (!invitation.emailLookup.equals(emailLookup))
      throw invalidField('email', 'invited', 'Register with the e-mail address that was invited.');
    return invitation;
  }
}
