import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { platformError } from '../errors/app-error.js';
import { findProviders } from '../providers/find-providers.js';
import { type NamedThing, namedThing, thingInPath } from './named-thing.js';
import { NotedCredentials } from './noted-credentials.js';
import { OutsideAccess, type OutsideGrant } from './outside-access.js';
import { reaches } from './permission.js';
import type { Principal } from './principal.js';
import { type Owned, TenantDirectory } from './tenant-directory.js';

/** Most credentials for which look-ups begin early. */
const MOST_AHEAD = 10_000;

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
  /** Those that could be elsewhere when they were last let in. */
  private readonly movable = new NotedCredentials<true>(MOST_AHEAD);
  private readonly begun = new WeakMap<FastifyRequest, Promise<Owned | undefined>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Begins to look up what a request names in its path, while its credential is looked up too: neither needs the other. Only
   * for a credential that could be elsewhere last time, so that an unknown one costs no query, and one that is at home
   * wherever it names things no second query.
   */
  lookAhead(request: FastifyRequest): void {
    const { authorization } = request.headers;
    const thing = thingInPath(request);
    if (!thing || authorization === undefined || !this.movable.of(authorization)) return;
    const found = this.find(thing);
    // Whoever is let in hears of a failure; for anybody else it does not matter.
    found.catch(() => undefined);
    this.begun.set(request, found);
  }

  /**
   * The principal in the organization that a request is about.
   * @throws AppError PERMISSION_DENIED for an `X-Organization-Id` that they cannot see, be it missing or foreign: what was
   *   meant for there is not to be done at home
   */
  async settle(request: FastifyRequest, principal: Principal): Promise<Principal> {
    const thing = namedThing(request);
    if (!thing) return principal;
    const { authorization } = request.headers;
    if (authorization !== undefined)
      this.movable.note(authorization, isSettled(principal) ? undefined : true);
    // What stands in the path decides alone: if a look-up has begun, it is that of this very thing.
    const entered = await this.enter(principal, thing, () => this.begun.get(request) ?? this.find(thing));
    if (!thing.isChosen || entered.organizationId === thing.name) return entered;
    const message = 'X-Organization-Id names no organization that you belong to.';
    throw platformError('PERMISSION_DENIED', {
      message,
      details: { field: 'X-Organization-Id', constraint: 'exists' },
    });
  }

  /** The principal where something is, or unchanged where they cannot see it. @param find says whose it is */
  async enter(principal: Principal, thing: NamedThing, find = () => this.find(thing)): Promise<Principal> {
    // A key that can do everything at home, and nothing elsewhere, is at home wherever it names things.
    if (isSettled(principal)) return principal;
    const owned = await find();
    return owned ? this.at(principal, owned) : principal;
  }

  private async find({ prefix, name }: NamedThing): Promise<Owned | undefined> {
    return this.providers().directories.get(prefix)?.find(name, this.dataSource.manager);
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
