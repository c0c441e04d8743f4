import type { DiscoveryService } from '@nestjs/core';
import { KeySetUp } from '../../crypto/index.js';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { type NewSandbox, SandboxContents } from '../../platform/tenants/sandbox-contents.js';
import { TenantErasure } from '../../platform/tenants/tenant-erasure.js';
import { TenantErasureRepository } from '../../platform/tenants/tenant-erasure.repository.js';
import type { TenantKeys } from '../../platform/tenants/tenant-keys.js';
import { SandboxMaker } from './sandbox-maker.service.js';
import { SandboxRenewal } from './sandbox-renewal.service.js';
import { SandboxesRepository } from './sandboxes.repository.js';

const never = new AbortController().signal;

/** A project in every sandbox; fails for users it is told of. */
class Project extends SandboxContents {
  readonly broken = new Set<string>();

  async fill({ organizationId, userId }: NewSandbox, tx: Tx): Promise<void> {
    if (this.broken.has(userId)) throw new Error('broken');
    await tx.query(
      "INSERT INTO projects (id, organization_id, name, created_by) VALUES ($1, $2, 'Sandbox', $3)",
      [...[newId('proj'), organizationId, userId]],
    );
  }
}

describe('the renewal of sandboxes', () => {
  let database: TestDatabase;
  let unit: UnitOfWork;
  const project = new Project();
  const repository = new SandboxesRepository();
  const madeKeys: string[] = [];
  const lostKeys: string[] = [];
  const keySetUp = {
    createOrganizationKeys: async (id: string) => void madeKeys.push(id),
  } as unknown as KeySetUp;
  const tenantKeys = { destroy: async (id: string) => void lostKeys.push(id) } as TenantKeys;
  const discovery = { getProviders: () => [{ instance: project }] } as unknown as DiscoveryService;
  const maker = new SandboxMaker(repository, keySetUp, discovery);
  const tenants: { organizationId: string; userId: string }[] = [];

  const query = (sql: string, values: unknown[] = []) => database.dataSource.query(sql, values);
  const sandboxOf = async (id: string): Promise<string | null> =>
    (await query('SELECT sandbox_id AS id FROM organizations WHERE id = $1', [id]))[0].id;
  const age = (days: number) =>
    query(
      'UPDATE organizations SET created_at = created_at - make_interval(days => $1) WHERE sandbox_of IS NOT NULL',
      [days],
    );
  const addKey = ({ organizationId, userId }: { organizationId: string; userId: string }) =>
    query(
      `INSERT INTO api_keys (id, organization_id, user_id, name, hint, scopes, plan, sandbox)
       VALUES ($1, $2, $3, 'Trial', '', '{}', 'sandbox', true)`,
      [newId('key'), organizationId, userId],
    );
  const add = async () => {
    const { organizationId, userId } = await new TestTenants(database.dataSource, {
      id: 'mkey_test',
      key: Buffer.alloc(32, 7),
      source: 'a test',
    }).addOld();
    await unit.run((tx) => maker.ensure(organizationId, userId, tx));
    await addKey({ organizationId, userId });
    tenants.push({ organizationId, userId });
    return { organizationId, userId };
  };
  const leader = () => {
    const sealer = { seal: async () => Buffer.from('sealed'), open: async () => Buffer.alloc(0) };
    const erasure = new TenantErasure(new TenantErasureRepository(), tenantKeys);
    const audit = new AuditWriter(database.dataSource, sealer);
    return new SandboxRenewal(repository, maker, erasure, audit, unit, database.dataSource);
  };
  const renewals = async (organizationId: string): Promise<number> =>
    (
      await query("SELECT FROM audit_logs WHERE action = 'sandbox.renewed' AND organization_id = $1", [
        organizationId,
      ])
    ).length;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    unit = new UnitOfWork(database.dataSource);
  });
  afterAll(() => database.stop());

  it('makes one sandbox for an organization, however many ask at once', async () => {
    const { organizationId, userId } = await add();
    const first = await sandboxOf(organizationId);
    await Promise.all([1, 2, 3].map(() => unit.run((tx) => maker.ensure(organizationId, userId, tx))));
    expect(await sandboxOf(organizationId)).toBe(first);
    expect(await query('SELECT FROM organizations WHERE sandbox_of = $1', [organizationId])).toHaveLength(1);
  });

  it('leaves those of today alone, and renews those of earlier days once, whoever leads', async () => {
    const { organizationId } = await add();
    const first = await sandboxOf(organizationId);
    await leader().run(never);
    expect(await sandboxOf(organizationId)).toBe(first);
    await age(3);
    await Promise.all([leader().run(never), leader().run(never), leader().run(never)]);
    const second = await sandboxOf(organizationId);
    expect([second === first, madeKeys.includes(String(second)), lostKeys.includes(String(first))]).toEqual([
      false,
      true,
      true,
    ]);
    expect(await renewals(organizationId)).toBe(1);
    expect(
      await query('SELECT name FROM organizations WHERE id = $1 AND deleted_at IS NOT NULL', [first]),
    ).toEqual([{ name: '' }]);
    expect(await query('SELECT name FROM projects WHERE organization_id = $1', [second])).toEqual([
      { name: 'Sandbox' },
    ]);
    await leader().run(never);
    expect([await sandboxOf(organizationId), await renewals(organizationId)]).toEqual([second, 1]);
  });

  it('does the others although one fails, and that one later', async () => {
    const [broken, other] = [await add(), await add()];
    const before = await sandboxOf(broken.organizationId);
    const others = await sandboxOf(other.organizationId);
    project.broken.add(broken.userId);
    await age(1);
    await expect(leader().run(never)).rejects.toThrow('broken');
    expect(await sandboxOf(broken.organizationId)).toBe(before);
    expect(await sandboxOf(other.organizationId)).not.toBe(others);
    project.broken.clear();
    await leader().run(never);
    expect(await sandboxOf(broken.organizationId)).not.toBe(before);
  });

  it('makes none where no test key is left, until there is one again', async () => {
    const tenant = await add();
    await query('UPDATE api_keys SET revoked_at = now() WHERE organization_id = $1', [tenant.organizationId]);
    await age(1);
    await leader().run(never);
    expect(await sandboxOf(tenant.organizationId)).toBeNull();
    await unit.run((tx) => maker.ensure(tenant.organizationId, tenant.userId, tx));
    expect(await sandboxOf(tenant.organizationId)).not.toBeNull();
  });

  it('makes none for an organization that has ended', async () => {
    const { organizationId, userId } = await add();
    await query('UPDATE organizations SET deleted_at = now() WHERE id = $1', [organizationId]);
    await expect(unit.run((tx) => maker.ensure(organizationId, userId, tx))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
