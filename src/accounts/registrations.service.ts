import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Configs } from '../platform/configs/configs.service.js';
import { invalidField } from '../platform/errors/app-error.js';
import { AccountIdentities, type IdentityLookups } from './account-identities.service.js';
import { checkAccountPassword, familiarOf } from './account-password.policy.js';
import { accountError } from './accounts.errors.js';
import { InvitationAcceptance, type OpenInvitation } from './invitation-acceptance.js';
import type { PersonalData } from './users/user-card.js';

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

const CLOSED = 'Nobody can register here. Ask an administrator for an account.';

/** Who may register, and with what. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly identities: AccountIdentities,
    private readonly invitations: InvitationAcceptance,
    private readonly dataSource: DataSource,
    private readonly configs: Configs,
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
    const registration = await this.configs.get('registration');
    if (registration === 'closed') throw accountError('REGISTRATION_CLOSED', { message: CLOSED });
    if (token === undefined && registration === 'open') return undefined;
    if (token === undefined) throw accountError('REGISTRATION_CLOSED');
    const invitation = await this.invitations.find(token, this.dataSource.manager);
    if (!invitation) throw accountError('INVALID_INVITATION');
    if (!emailLookup || !invitation.emailLookup.equals(emailLookup))
      throw invalidField('email', 'invited', 'Register with the e-mail address that was invited.');
    return invitation;
  }
}
