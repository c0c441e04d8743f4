import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { AccountIdentities } from './account-identities.service.js';
import { AccountNews } from './account-news.service.js';
import type { AccountOrigin } from './account-origin.js';
import { accountError } from './accounts.errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { type HomeOrganization, HomeOrganizations } from './home-organizations.js';
import { InvitationAcceptance } from './invitation-acceptance.js';
import { type IssuedToken, LoginTokens } from './login-tokens.service.js';
import type { AllowedRegistration } from './registrations.service.js';

/** Somebody who has just registered, logged in already. */
export interface Newcomer {
  readonly id: string;
  readonly organization: HomeOrganization;
  readonly issued: IssuedToken;
}

/** Makes accounts of those who register: each with an organization of their own. */
@Injectable()
export class NewcomersService {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly identities: AccountIdentities,
    private readonly homes: HomeOrganizations,
    private readonly invitations: InvitationAcceptance,
    private readonly tokens: LoginTokens,
    private readonly news: AccountNews,
  ) {}

  /** @throws AppError EMAIL_TAKEN, USERNAME_TAKEN, INVALID_INVITATION when another came first */
  async admit(
    { person, lookups, invitation }: AllowedRegistration,
    passwordHash: string,
    origin: AccountOrigin,
    tx: Tx,
  ): Promise<Newcomer> {
    const owner = { userId: newId('user'), origin };
    const { firstName, username } = person.profile;
    const organization = await this.homes.create(`${firstName || username}'s Organization`, owner, tx);
    const user = { id: owner.userId, organizationId: organization.id };
    const identity = await this.identities.seal(user, person, lookups, tx);
    const account = {
      ...user,
      ...identity,
      passwordHash,
      systemRole: 'user',
      emailVerified: !!invitation,
    } as const;
    if (!(await this.repository.insert(account, tx))) {
      await this.identities.ensureFree(lookups, undefined, tx);
      throw new Error('an account was refused, although neither its e-mail nor its user name is taken');
    }
    await this.homes.admitOwner(organization.id, owner, tx);
    await this.news.tellOf(user, origin, 'user.created', { type: 'user', id: user.id }, tx);
    await this.news.announce(user, tx);
    if (invitation && !(await this.invitations.accept(invitation, owner, tx)))
      throw accountError('INVALID_INVITATION');
    return { id: user.id, organization, issued: await this.tokens.issue(user.id, origin.userAgent, tx) };
  }
}
