import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type UserCard, UserDirectory } from '../../accounts/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { OrganizationRole } from '../../platform/http/permission.js';
import type { Caller } from '../../platform/http/request-context.js';
import { roleHere } from '../here.js';
import { type Membership, MembershipsRepository } from './memberships.repository.js';

/** A member, with who they are. */
export interface Member extends Membership {
  readonly user: UserCard;
}

/** Who belongs to an organization, as its members see it. */
@Injectable()
export class MembersService {
  constructor(
    private readonly memberships: MembershipsRepository,
    private readonly users: UserDirectory,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async listMembers(
    { principal }: Caller,
    organizationId: string,
    filter: { readonly role?: OrganizationRole | undefined },
    listing: Listing,
  ): Promise<Listed<Member>> {
    roleHere(principal, organizationId);
    const db = this.dataSource.manager;
    const { rows, ...rest } = await this.memberships.list(organizationId, filter, listing, db);
    const users = await this.users.find(
      rows.map(({ userId }) => userId),
      db,
    );
    const members = rows.flatMap((membership) => {
      const user = users.get(membership.userId);
      return user ? [{ ...membership, user }] : [];
    });
    return { ...rest, rows: members };
  }

  /** @throws AppError NOT_FOUND */
  async getMember(caller: Caller, organizationId: string, userId: string): Promise<Member> {
    const user = (await this.users.find([userId], this.dataSource.manager)).get(userId);
    return this.memberOf(caller, organizationId, user);
  }

  /** The same by the user's number. @throws AppError NOT_FOUND */
  async getMemberByNumber(caller: Caller, organizationId: string, number: number): Promise<Member> {
    const user = await this.users.findByNumber(number, this.dataSource.manager);
    return this.memberOf(caller, organizationId, user);
  }

  /**
   * What somebody may do in an organization as of now; undefined for who is no member, disabled or still to be admitted. Asks
   * nobody whether they may know: for work that is done with somebody's rights.
   */
  async standingOf(
    organizationId: string,
    userId: string,
  ): Promise<{ readonly role: OrganizationRole; readonly systemRole: 'user' | 'admin' } | undefined> {
    const db = this.dataSource.manager;
    const membership = await this.memberships.find(organizationId, userId, db);
    const user = membership && (await this.users.find([userId], db)).get(userId);
    if (!user || user.disabled || user.systemRole === 'pending') return undefined;
    return { role: membership.role, systemRole: user.systemRole };
  }

  private async memberOf(
    { principal }: Caller,
    organizationId: string,
    user: UserCard | undefined,
  ): Promise<Member> {
    roleHere(principal, organizationId);
    const db = this.dataSource.manager;
    const membership = user && (await this.memberships.find(organizationId, user.id, db));
    if (!membership) throw platformError('NOT_FOUND');
    return { ...membership, user };
  }
}
