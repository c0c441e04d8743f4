import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import { TenantErasure } from '../../platform/tenants/tenant-erasure.js';
import { OrganizationContentsRegistry } from '../organization-contents.js';
import { OrganizationNewsWriter } from '../organization-news.service.js';
import { organizationError } from '../organizations.errors.js';
import { OrganizationsRepository } from '../organizations.repository.js';
import { type Departure, MemberDeparturesRepository } from './member-departures.repository.js';
import { MembershipsRepository } from './memberships.repository.js';

/** What has to end with somebody who is deleted; nothing of it changes until the transaction ends. */
export interface DeparturePlan {
  readonly userId: string;
  /** Organizations that go on without them. */
  readonly left: readonly Departure[];
  /** Organizations that were theirs alone. */
  readonly ended: readonly Departure[];
}

const isAlone = ({ others }: Departure): boolean => !others;
const isNeeded = ({ role, others, otherAdmins }: Departure): boolean =>
  role === 'admin' && others && !otherAdmins;

/** Takes somebody who is deleted out of every organization at once. */
@Injectable()
export class MemberDepartures {
  constructor(
    private readonly repository: MemberDeparturesRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly contents: OrganizationContentsRegistry,
    private readonly erasure: TenantErasure,
    private readonly news: OrganizationNewsWriter,
  ) {}

  /**
   * @param eraseOwn whether organizations without another member are erased with all that is in them
   * @throws AppError LAST_ADMIN where others would be left without an administrator, ORGANIZATION_OWNED where an
   *   organization would be left without anybody and is not to be erased, and what a feature refuses, such as LEGAL_HOLD
   */
  async plan(userId: string, eraseOwn: boolean, tx: Tx): Promise<DeparturePlan> {
    const ids = await this.repository.listOrganizations(userId, tx);
    const own = eraseOwn ? (await this.findAll(ids, userId, tx)).filter(isAlone) : [];
    // What is in an organization is locked before itself, as by everybody who adds to it.
    for (const { organizationId } of own) await this.contents.assertErasable(organizationId, tx);
    for (const id of ids) await this.organizations.lock(id, tx);
    const found = await this.findAll(ids, userId, tx);
    refuse('LAST_ADMIN', found.filter(isNeeded));
    const ended = found.filter(isAlone);
    const isAsked = ({ organizationId }: Departure): boolean =>
      own.some((asked) => asked.organizationId === organizationId);
    refuse(
      'ORGANIZATION_OWNED',
      ended.filter((departure) => !isAsked(departure)),
    );
    return { userId, ended, left: found.filter((departure) => !isAlone(departure)) };
  }

  /**
   * To be called when the user's own data is erased.
   * @throws AppError ORGANIZATION_IN_USE where somebody else is at home in what would be erased
   */
  async carryOut(caller: Caller, { userId, left, ended }: DeparturePlan, tx: Tx): Promise<void> {
    for (const { organizationId, role } of left) {
      await this.memberships.delete(organizationId, userId, tx);
      await this.contents.memberLeft(organizationId, userId, tx);
      await this.organizations.adjustCounts(organizationId, { members: -1 }, tx);
      const target = { type: 'user', id: userId } as const;
      const news = { action: 'member.removed', target, subjectUserId: userId, details: { role } };
      await this.news.tell(caller, { organizationId, ...news }, tx);
    }
    for (const { organizationId } of ended) await this.endOrganization(caller, organizationId, tx);
  }

  private async findAll(ids: readonly string[], userId: string, tx: Tx): Promise<Departure[]> {
    const found: Departure[] = [];
    for (const id of ids) {
      const departure = await this.repository.find(id, userId, tx);
      if (departure) found.push(departure);
    }
    return found;
  }

  private async endOrganization(caller: Caller, id: string, tx: Tx): Promise<void> {
    if (await this.erasure.isHome(id, tx)) throw organizationError('ORGANIZATION_IN_USE');
    const target = { type: 'organization', id } as const;
    await this.news.tell(caller, { organizationId: id, action: 'organization.deleted', target }, tx);
    await this.erasure.begin(id, tx);
  }
}

function refuse(code: 'LAST_ADMIN' | 'ORGANIZATION_OWNED', departures: readonly Departure[]): void {
  if (departures.length === 0) return;
  const allowed = departures.map(({ organizationId }) => organizationId);
  throw organizationError(code, { details: { field: 'id', constraint: 'owner', allowed } });
}
