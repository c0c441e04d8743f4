import type { DiscoveryService } from '@nestjs/core';
import * as fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';
import { newId } from './ids.js';
import { OutsideAccess, type OutsideGrant } from './outside-access.js';
import { ORGANIZATION_ROLES, reaches } from './permission.js';
import type { Credential, Principal } from './principal.js';
import { Tenancy } from './tenancy.service.js';
import { type Owned, TenantDirectory } from './tenant-directory.js';

class Directory extends TenantDirectory {
  find(name: string | number): Promise<Owned | undefined> {
    const [organizationId, projectId] = String(name).split('/');
    return Promise.resolve(
      organizationId === 'none'
        ? undefined
        : { id: String(name), organizationId: organizationId ?? '', projectId },
    );
  }
}

class Reason extends OutsideAccess {
  constructor(private readonly grant: OutsideGrant | undefined) {
    super();
  }

  find(): Promise<OutsideGrant | undefined> {
    return Promise.resolve(this.grant);
  }
}

const KEY: Credential = { kind: 'api_key', id: 'key_1' };
const LOGIN: Credential = { kind: 'user', id: 'user_1', tokenId: 'tok_1' };

const principal = (more: Partial<Principal> = {}): Principal => ({
  userId: 'user_1',
  organizationId: 'home',
  role: 'editor',
  memberships: [
    { organizationId: 'home', role: 'editor' },
    { organizationId: 'second', role: 'viewer' },
  ],
  defaultProjectId: 'proj_home',
  systemRole: 'user',
  mode: 'live',
  scopes: ['*'],
  plan: 'unlimited',
  credential: LOGIN,
  ...more,
});

function entering(who: Principal, name: string, ...grants: (OutsideGrant | undefined)[]): Promise<Principal> {
  const instances = [new Directory('proj'), ...grants.map((grant) => new Reason(grant))];
  const discovery = { getProviders: () => instances.map((instance) => ({ instance })) };
  const tenancy = new Tenancy(discovery as unknown as DiscoveryService, {} as unknown as DataSource);
  return tenancy.enter(who, { prefix: 'proj', name });
}

const share = (role: OutsideGrant['role']): OutsideGrant => ({ role, onlyProjectId: 'shared' });

describe('the tenant of a request', () => {
  it("is a member's other organization, with the role there and no default project of home", async () => {
    expect(await entering(principal(), 'second/project')).toMatchObject({
      organizationId: 'second',
      role: 'viewer',
      defaultProjectId: undefined,
    });
  });

  it('stays home for what is there, unknown, or nobody opened', async () => {
    for (const name of ['home/project', 'none', 'foreign/project'])
      expect(await entering(principal(), name, undefined)).toMatchObject({
        organizationId: 'home',
        role: 'editor',
        defaultProjectId: 'proj_home',
      });
  });

  it('is that of a shared project, and of nothing beside it', async () => {
    expect(await entering(principal(), 'foreign/shared', share('editor'))).toMatchObject({
      organizationId: 'foreign',
      role: 'editor',
      onlyProjectId: 'shared',
      defaultProjectId: undefined,
    });
  });

  it('gives a member the wider of membership and share, the whole organization staying open', async () => {
    const roles = fc.constantFrom(...ORGANIZATION_ROLES);
    await fc.assert(
      fc.asyncProperty(roles, roles, roles, async (role, first, second) => {
        const who = principal({ role, memberships: [{ organizationId: 'home', role }] });
        const entered = await entering(who, 'home/shared', share(first), share(second));
        for (const given of [role, first, second]) expect(reaches(entered.role, given)).toBe(true);
        expect(entered.organizationRole ?? entered.role).toBe(role);
        expect([role, first, second]).toContain(entered.role);
        expect(entered.onlyProjectId).toBeUndefined();
      }),
    );
  });

  it('is never moved for the key of an administrator of one organization, nor out of a sandbox', async () => {
    const memberships = [{ organizationId: 'home', role: 'admin' as const }];
    const key = principal({ credential: KEY, role: 'admin', memberships });
    const sandbox = principal({ credential: KEY, mode: 'sandbox' });
    for (const who of [key, sandbox])
      expect(await entering(who, 'foreign/shared', share('admin'))).toEqual(who);
  });
});

describe('a look-up that begins early', () => {
  const NAME = newId('proj');
  const MEMBER = principal();
  const SETTLED = principal({ credential: KEY, role: 'admin' });

  /** Answers when it is told to. */
  class Slow extends TenantDirectory {
    readonly asked: ((owned: Owned | Error) => void)[] = [];

    find(): Promise<Owned | undefined> {
      return new Promise((resolve, reject) => {
        this.asked.push((owned) => (owned instanceof Error ? reject(owned) : resolve(owned)));
      });
    }
  }

  const directory = new Slow('proj');
  const FOUND = { id: NAME, organizationId: 'second' };
  let tenancy: Tenancy;
  beforeEach(() => {
    directory.asked.length = 0;
    const discovery = { getProviders: () => [{ instance: directory }] };
    tenancy = new Tenancy(discovery as unknown as DiscoveryService, {} as unknown as DataSource);
  });

  const requestBy = (authorization: string | undefined, params: object = { id: NAME }): FastifyRequest =>
    ({ method: 'GET', headers: { authorization }, params, query: {} }) as unknown as FastifyRequest;

  /** Has somebody's request answered, so that the next of their credential is looked ahead for, or is not. */
  async function letIn(authorization: string, who: Principal): Promise<void> {
    const settled = tenancy.settle(requestBy(authorization), who);
    await Promise.resolve();
    for (const answer of directory.asked.splice(0)) answer(FOUND);
    await settled;
  }

  it('is the only one for its request, and says where that is', async () => {
    await letIn('Bearer member', MEMBER);
    const request = requestBy('Bearer member');
    tenancy.lookAhead(request);
    expect(directory.asked).toHaveLength(1);
    const settled = tenancy.settle(request, MEMBER);
    directory.asked[0]?.(FOUND);
    expect(await settled).toMatchObject({ organizationId: 'second', role: 'viewer' });
    expect(directory.asked).toHaveLength(1);
  });

  it('is spared whoever was not let in before, needs none, or names nothing in the path', async () => {
    await letIn('Bearer member', MEMBER);
    await letIn('Bearer settled', SETTLED);
    for (const request of [
      requestBy(undefined),
      requestBy('Bearer unknown'),
      requestBy('Bearer settled'),
      requestBy('Bearer member', {}),
    ])
      tenancy.lookAhead(request);
    expect(directory.asked).toEqual([]);
  });

  it('ends with the need of it', async () => {
    await letIn('Bearer risen', MEMBER);
    await letIn('Bearer risen', SETTLED);
    tenancy.lookAhead(requestBy('Bearer risen'));
    expect(directory.asked).toEqual([]);
  });

  it('fails the request that is let in, and nobody when none is', async () => {
    await letIn('Bearer member', MEMBER);
    const [refused, admitted] = [requestBy('Bearer member'), requestBy('Bearer member')];
    for (const request of [refused, admitted]) tenancy.lookAhead(request);
    for (const answer of directory.asked) answer(new Error('no database'));
    await new Promise(setImmediate);
    await expect(tenancy.settle(admitted, MEMBER)).rejects.toThrow('no database');
  });
});
