import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { platformError } from '../errors/app-error.js';
import { findProviders } from '../providers/find-providers.js';
import { type NamedThing, namedThing } from './named-thing.js';
import { OutsideAccess, type OutsideGrant } from './outside-access.js';
import { reaches } from './permission.js';
import type { Principal } from './principal.js';
import { type Owned, TenantDirectory } from './tenant-directory.js';

interface Known {
  readonly directories: ReadonlyMap<string, TenantDirectory>;
  readonly outside: readonly OutsideAccess[];
}

/**
 * Finds the organization a request is about: that of what its path names, else of its `project_id`, else the one that its
 * `X-Organization-Id` names, else home. What the caller cannot see leaves them at home, where it is missing.
 */
@Injectable()
export class Tenancy {
  private known: Known | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The principal in the organization that a request is about.
   * @throws AppError PERMISSION_DENIED for an `X-Organization-Id` that they cannot see, be it missing or foreign: what was
   *   meant for there is not to be done at home
   */
  async settle(request: FastifyRequest, principal: Principal): Promise<Principal> {
    const thing = namedThing(request);
    if (!thing) return principal;
    const entered = await this.enter(principal, thing);
    if (!thing.isChosen || entered.organizationId === thing.name) return entered;
    const message = 'X-Organization-Id names no organization that you belong to.';
    throw platformError('PERMISSION_DENIED', {
      message,
      details: { field: 'X-Organization-Id', constraint: 'exists' },
    });
  }

  /** The principal where something is, or unchanged where they cannot see it. */
  async enter(principal: Principal, { prefix, name }: NamedThing): Promise<Principal> {
    const directory = this.providers().directories.get(prefix);
    // A key that can do everything at home, and nothing elsewhere, is at home wherever it names things.
    if (!directory || isSettled(principal)) return principal;
    const owned = await directory.find(name, this.dataSource.manager);
    return owned ? this.at(principal, owned) : principal;
  }

  private async at(principal: Principal, owned: Owned): Promise<Principal> {
    const member = principal.memberships.find(
      ({ organizationId }) => organizationId === owned.organizationId,
    );
    if (member?.role === 'admin') return { ...principal, ...member, ...elsewhere(principal, owned) };
    const grant = await this.outsideGrant(principal, owned);
    if (member) {
      const entered = { ...principal, ...member, ...elsewhere(principal, owned) };
      if (!grant || reaches(member.role, grant.role)) return entered;
      return { ...entered, role: grant.role, organizationRole: member.role };
    }
    if (!grant) return principal;
    const { organizationId } = owned;
    return { ...principal, organizationId, ...grant, ...elsewhere(principal, owned), isGuest: true };
  }

  /** The widest of what reasons there are. */
  private async outsideGrant(principal: Principal, owned: Owned): Promise<OutsideGrant | undefined> {
    if (principal.mode === 'sandbox') return undefined;
    let best: OutsideGrant | undefined;
    for (const access of this.providers().outside) {
      const grant = await access.find(principal, owned, this.dataSource.manager);
      if (grant && (!best || !reaches(best.role, grant.role))) best = grant;
    }
    return best;
  }

  private providers(): Known {
    this.known ??= {
      directories: new Map(
        findProviders(this.discovery, TenantDirectory).map((directory) => [directory.prefix, directory]),
      ),
      outside: findProviders(this.discovery, OutsideAccess),
    };
    return this.known;
  }
}

/** Whether a principal has all there is to have at home, and no way to be elsewhere. */
const isSettled = ({ credential, role, systemRole, mode }: Principal): boolean =>
  credential.kind === 'api_key' && role === 'admin' && (systemRole !== 'admin' || mode === 'sandbox');

/** A default project is one of home, and of no other organization. */
const elsewhere = ({ organizationId, defaultProjectId }: Principal, owned: Owned) => ({
  defaultProjectId: owned.organizationId === organizationId ? defaultProjectId : undefined,
});
