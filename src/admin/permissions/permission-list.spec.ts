import { PERMISSION_TABLE, PERMISSIONS } from '../../platform/http/permission.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { effectivePermissions, permissionsOf } from './permission-list.js';

const heldBy = (caller: ReturnType<typeof testCaller>): string[] =>
  permissionsOf(caller.principal)
    .filter(({ held }) => held)
    .map(({ permission }) => permission);

describe('the list of permissions', () => {
  it('has the whole table, in its order', () => {
    const { principal } = testCaller('org_1', 'user_1');
    expect(permissionsOf(principal).map(({ permission }) => permission)).toEqual(PERMISSIONS);
    for (const row of permissionsOf(principal)) expect(row).toMatchObject(PERMISSION_TABLE[row.permission]);
  });

  it('says what an editor holds, and what they do not', () => {
    const held = heldBy(testCaller('org_1', 'user_1'));
    expect(held).toEqual(expect.arrayContaining(['detect', 'files:write', 'auth:read']));
    expect(held).not.toEqual(expect.arrayContaining(['projects:delete']));
    expect(held).not.toEqual(expect.arrayContaining(['admin:read']));
  });

  it('asks for the scope as well as for the role', () => {
    const caller = testCaller('org_1', 'user_1', 'admin');
    const limited = { ...caller, principal: { ...caller.principal, scopes: ['detect'] as const } };
    expect(heldBy(limited)).toEqual(['detect']);
  });

  it('gives somebody who is pending nothing', () => {
    expect(heldBy(testCaller('org_1', 'user_1', 'pending'))).toEqual([]);
  });
});

describe('effectivePermissions', () => {
  it('tells organizations apart', () => {
    const { everywhere, organizations } = effectivePermissions({
      userId: 'user_1',
      systemRole: 'user',
      memberships: [
        { organizationId: 'org_1', role: 'viewer' },
        { organizationId: 'org_2', role: 'admin' },
      ],
    });
    expect(everywhere).toContain('organizations:write');
    expect(everywhere).not.toContain('files:read');
    const [viewer, admin] = organizations;
    expect(viewer?.permissions).toContain('files:read');
    expect(viewer?.permissions).not.toContain('files:write');
    expect(admin?.permissions).toContain('projects:delete');
    expect(admin?.permissions).not.toContain('admin:write');
  });

  it('gives an administrator of the instance its matters, and no content anywhere', () => {
    const { everywhere } = effectivePermissions({ userId: 'user_1', systemRole: 'admin', memberships: [] });
    expect(everywhere).toContain('admin:write');
    for (const content of ['files:read', 'projects:read', 'jobs:read', 'audit:read'])
      expect(everywhere).not.toContain(content);
  });
});
