import type { DiscoveryService } from '@nestjs/core';
import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
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
