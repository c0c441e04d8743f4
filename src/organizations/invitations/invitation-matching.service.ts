import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Invitations, UserDirectory, UserLookups } from '../../accounts/index.js';
import { sameDigest } from '../../platform/digest/sha256.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';

/** Whose invitation is whose, by the address it was sent to. */
@Injectable()
export class InvitationMatching {
  constructor(
    private readonly acceptance: InvitationAcceptanceService,
    private readonly users: UserDirectory,
    private readonly lookups: UserLookups,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The open invitation with this token. One that was sent to somebody else looks like one that is not there.
   * @throws AppError NOT_FOUND
   */
  async find({ principal }: Caller, token: string): Promise<Invitations.OpenInvitation> {
    const db = this.dataSource.manager;
    const invitation = await this.acceptance.find(token, db);
    const email = (await this.users.find([principal.userId], db)).get(principal.userId)?.email;
    if (!invitation || !email || !sameDigest(await this.lookups.email(email), invitation.emailLookup))
      throw platformError('NOT_FOUND');
    return invitation;
  }
}
