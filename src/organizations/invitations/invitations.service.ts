import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UserDirectory, UserLookups } from '../../accounts/index.js';
import { LoginTokens } from '../../auth/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { sha256 } from '../../platform/digest/sha256.js';
import { newId } from '../../platform/http/ids.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { roleHere } from '../here.js';
import type { Invitation, InvitationInput, InvitationStatus } from './invitation.js';
import { type InvitationRow, InvitationsRepository } from './invitations.repository.js';

/** An invitation that is ready to be stored, with its token in clear: shown or sent once. */
export interface PreparedInvitation extends InvitationInput {
  readonly id: string;
  readonly emailLookup: Buffer;
  readonly token: string;
  readonly hash: Buffer;
  /** Who has the address, if anybody. */
  readonly userId: string | undefined;
}

const placeOf = ({ organizationId, id }: Pick<Invitation, 'organizationId' | 'id'>) => ({
  organizationId,
  table: 'invitations',
  id,
  version: 1,
});

/** Reading invitations, and what is needed of one before its transaction. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly users: UserDirectory,
    private readonly lookups: UserLookups,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async prepare(
    { principal }: Caller,
    organizationId: string,
    { email, role }: InvitationInput,
  ): Promise<PreparedInvitation> {
    roleHere(principal, organizationId);
    const emailLookup = await this.lookups.email(email);
    const known = await this.users.findByEmail(email, this.dataSource.manager);
    const token = LoginTokens.generateLoginToken();
    return { id: newId('inv'), email, role, emailLookup, token, hash: sha256(token), userId: known?.id };
  }

  /** @throws AppError NOT_FOUND */
  async listInvitations(
    { principal }: Caller,
    organizationId: string,
    filter: { readonly status?: InvitationStatus | undefined },
    listing: Listing,
  ): Promise<Listed<Invitation>> {
    roleHere(principal, organizationId);
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.invitations.list(organizationId, filter, listing, db);
    return { ...rest, rows: await Promise.all(rows.map((row) => this.open(row, db))) };
  }

  seal(place: Pick<Invitation, 'organizationId' | 'id'>, email: string, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(email), db);
  }

  async open({ emailSealed, ...row }: InvitationRow, db: Tx): Promise<Invitation> {
    return { ...row, email: (await this.sealer.open(placeOf(row), emailSealed, db)).toString('utf8') };
  }
}
