import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { LogReader } from '../proofs/log-reader.service.js';
import { LogWorld } from '../testing/log-world.js';

describe('a log that contradicts itself', () => {
  let world: LogWorld;
  let [first, ours, theirs] = [] as unknown as [TestTenant, TestTenant, TestTenant];

  beforeAll(async () => {
    world = await LogWorld.start();
    [first, ours, theirs] = [await world.tenants.add(), await world.tenants.add(), await world.tenants.add()];
  });
  beforeEach(async () => {
    for (const tenant of [ours, theirs]) await world.write(tenant, 300);
    await world.sequence();
    await world.query('CREATE TABLE kept_trees AS SELECT * FROM audit_trees');
    await world.query('CREATE TABLE kept_checkpoints AS SELECT * FROM audit_checkpoints');
  });
  afterEach(() => world.query('DROP TABLE kept_trees, kept_checkpoints'));
  afterAll(() => world.stop());

  const OURS = '(SELECT id FROM audit_trees WHERE organization_id = $1)';
  const sizeOf = async ({ organizationId }: TestTenant): Promise<number | undefined> =>
    (await world.trees.find(organizationId, world.db))?.size;
  const rowsOf = async (table: string, { organizationId }: TestTenant): Promise<number> =>
    (await world.query(`SELECT FROM ${table} WHERE organization_id = $1`, [organizationId])).length;
  const toldIn = ({ organizationId }: TestTenant) =>
    world.query<{ action: string; target_id: string }>(
      `SELECT action, target_id FROM audit_logs WHERE organization_id = $1 AND action LIKE 'audit_log.%' ORDER BY number`,
      [organizationId],
    );
  const read = (tenant: TestTenant) =>
    new LogReader(world.trees, world.nodes, world.signer, world.database.dataSource).read(
      tenant.organizationId,
    );

  it.each([
    ['was rolled back', `UPDATE audit_trees SET size = 0, edge = '' WHERE id = ${OURS}`, 'shorter'],
    ['lost its newest checkpoint', `DELETE FROM audit_checkpoints WHERE tree = ${OURS}`, 'ahead'],
    [
      'has another root',
      `UPDATE audit_trees SET edge = sha256(edge) || substring(edge FROM 33) WHERE id = ${OURS}`,
      'other_root',
    ],
    ['has no right edge', `UPDATE audit_trees SET edge = '' WHERE id = ${OURS}`, 'unreadable'],
  ])('and %s is set apart while others go on, and goes on when it is put back', async (_, tamper, reason) => {
    const [before, their, told] = [await sizeOf(ours), await sizeOf(theirs), (await toldIn(first)).length];
    await world.query(tamper, [ours.organizationId]);
    await world.write(ours, 5);
    await world.write(theirs, 7);
    await world.sequence();
    expect(await sizeOf(theirs)).toBe(Number(their) + 7);
    const state = 'SELECT quarantine_reason AS reason FROM audit_trees WHERE organization_id = $1';
    expect(await world.query(state, [ours.organizationId])).toEqual([{ reason }]);
    expect(await world.trees.countQuarantined(world.db)).toBe(1);
    const entry = { action: 'audit_log.quarantined', target_id: ours.organizationId };
    expect([(await toldIn(ours)).at(-1), (await toldIn(first)).slice(told)]).toEqual([entry, [entry]]);
    await expect(read(ours)).rejects.toMatchObject({ code: 'AUDIT_LOG_QUARANTINED', row: { status: 409 } });
    expect((await read(theirs)).size).toBe(await sizeOf(theirs));

    // It stays so, told once, with all that waits for it.
    await world.write(ours, 2);
    await world.rounds().release();
    await world.rounds().takeUpMissed();
    await world.sequence();
    expect([await rowsOf('audit_parked', ours), (await toldIn(first)).length]).toEqual([8, told + 1]);

    await world.query(
      `UPDATE audit_trees t SET size = k.size, edge = k.edge FROM kept_trees k WHERE k.id = t.id AND t.id = ${OURS}`,
      [ours.organizationId],
    );
    await world.query('INSERT INTO audit_checkpoints SELECT * FROM kept_checkpoints ON CONFLICT DO NOTHING');
    await world.rounds().release();
    await world.sequence();
    expect([await rowsOf('audit_parked', ours), await sizeOf(ours)]).toEqual([0, Number(before) + 9]);
    expect((await toldIn(ours)).at(-1)).toMatchObject({ action: 'audit_log.released' });
    expect((await read(ours)).size).toBe(Number(before) + 9);
  });

  it('is not made of a row that is queued a second time', async () => {
    const before = await sizeOf(ours);
    await world.query(
      'INSERT INTO audit_pending (organization_id, number) SELECT organization_id, number FROM audit_logs LIMIT 5',
    );
    await world.sequence();
    expect([await sizeOf(ours), await world.trees.countQuarantined(world.db)]).toEqual([before, 0]);
  });

  it('is not begun anew when its row is deleted', async () => {
    const [before, their] = [await sizeOf(ours), await sizeOf(theirs)];
    await world.query('DELETE FROM audit_trees WHERE organization_id = $1', [ours.organizationId]);
    await world.write(ours, 5);
    await world.write(theirs, 1);
    await world.sequence();
    expect([await sizeOf(ours), await sizeOf(theirs)]).toEqual([0, Number(their) + 1]);
    expect((await toldIn(first)).at(-1)).toEqual({
      ...{ action: 'audit_log.quarantined', target_id: ours.organizationId },
    });
    await world.query(
      `WITH gone AS (DELETE FROM audit_trees WHERE organization_id = $1 RETURNING quarantined_at, quarantine_reason)
       UPDATE kept_trees k SET (quarantined_at, quarantine_reason) = (SELECT * FROM gone) WHERE organization_id = $1`,
      [ours.organizationId],
    );
    await world.query(
      'INSERT INTO audit_trees OVERRIDING SYSTEM VALUE SELECT * FROM kept_trees WHERE organization_id = $1',
      [ours.organizationId],
    );
    await world.rounds().release();
    await world.sequence();
    expect((await toldIn(ours)).at(-1)).toMatchObject({ action: 'audit_log.released' });
    // With the two entries of what befell it: that it was set apart, and that it goes on.
    expect(await sizeOf(ours)).toBe(Number(before) + 7);
  });
});
