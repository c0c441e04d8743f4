import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { AuditArchives1764943000000 } from '../../platform/database/migrations/1764943000000-audit-archives.js';
import { ArchiveWorld, verdictOf } from '../testing/archive-world.js';
import type { LogWorld } from '../testing/log-world.js';

const never = new AbortController().signal;

describe('retention of the audit log', () => {
  let archives: ArchiveWorld;
  let world: LogWorld;
  let [ours, theirs] = [] as unknown as [TestTenant, TestTenant];

  beforeAll(async () => {
    archives = await ArchiveWorld.start();
    world = archives.log;
  });
  beforeEach(async () => {
    [ours, theirs] = [await archives.tenant(600, 300), await archives.tenant(600, 300)];
    await world.sequence();
    await keepFor(ours, 30);
  });
  afterEach(() => world.query("UPDATE organizations SET settings = '{}'"));
  afterAll(() => archives.stop());

  const keepFor = (tenant: TestTenant, days: number) =>
    archives.keep(tenant, { audit_retention_days: days, audit_retention_action: 'delete' });
  const { run, rowsOf, exported } = {
    run: (settings?: NodeJS.ProcessEnv) => archives.run(archives.retention(settings)),
    rowsOf: (tenant: TestTenant) => archives.rowsOf(tenant),
    exported: (tenant: TestTenant, times = {}) => archives.exported(tenant, times),
  };

  it('takes out whole old tiles of those who want it, once the log says so, and what is left is proven', async () => {
    const sizes = [1, 200, 256, 300, 512, 700, 900];
    const before = await archives.reader().read(ours.organizationId);
    const old = await Promise.all(sizes.map((size) => before.checkpoint(size)));
    await archives.retention().run(never);
    await archives.retention().run(never);
    expect(await rowsOf(ours)).toBe(901);
    await world.sequence();
    await run();
    expect([await rowsOf(ours), await rowsOf(theirs)]).toEqual([901 - 512, 900]);
    expect(archives.objects()).toEqual([]);
    const [told] = await world.query(
      "SELECT counts, target_type FROM audit_logs WHERE organization_id = $1 AND action = 'audit_log.retained'",
      [ours.organizationId],
    );
    expect(told).toEqual({ counts: { first_leaf: 0, last_leaf: 511 }, target_type: 'audit_segment' });
    const text = await exported(ours);
    for (const checkpoint of old) expect(await verdictOf(text, { checkpoint })).toBe('512 of 901 taken');
    await run();
    expect(await rowsOf(ours)).toBe(901 - 512 + 1);
  });

  it('shows in an export of a time what was taken out of it', async () => {
    await run();
    await run();
    expect(await verdictOf(await exported(ours, { from: new Date(0) }))).toBe('512 of 901 taken');
    const late = await exported(ours, { from: new Date(Date.now() - 86_400_000) });
    expect(await verdictOf(late)).toMatch(/^0 of 30\d taken$/);
    const early = await exported(ours, { to: new Date(Date.now() - 86_400_000) });
    expect(await verdictOf(early)).toBe('512 of 600 taken');
  });

  it('covers nothing that the log does not say was taken out', async () => {
    await world.query(
      `INSERT INTO audit_segments (id, organization_id, tree, first_leaf, leaves, announced_size, oldest_at, newest_at, taken_at, action)
       SELECT 'seg_' || $1, $1, id, 256, 256, 0, now(), now(), now(), 'delete' FROM audit_trees WHERE organization_id = $1`,
      [ours.organizationId],
    );
    await world.query(
      `DELETE FROM audit_logs l USING audit_leaves a, audit_trees t
        WHERE a.number = l.number AND a.tree = t.id AND t.organization_id = $1 AND a.leaf BETWEEN 256 AND 511`,
      [ours.organizationId],
    );
    expect(await verdictOf(await exported(ours))).toContain(
      'missing: Of leaves up to 511 there are but hashes',
    );
  });

  it('leaves entries that were changed or removed where they are, so that it shows', async () => {
    const OF_LEAF = `SELECT number FROM audit_leaves a JOIN audit_trees t ON t.id = a.tree WHERE t.organization_id = $1 AND leaf = $2`;
    await world.query(`UPDATE audit_logs SET user_id = 'user_x' WHERE number = (${OF_LEAF})`, [
      ours.organizationId,
      300,
    ]);
    await keepFor(theirs, 30);
    await world.query(`DELETE FROM audit_logs WHERE number = (${OF_LEAF})`, [theirs.organizationId, 300]);
    await expect(run()).rejects.toThrow('they stay');
    await world.sequence();
    await expect(run()).rejects.toThrow('they stay');
    expect([await rowsOf(ours), await rowsOf(theirs)]).toEqual([900, 900 - 256]);
    expect(await verdictOf(await exported(ours))).toContain('changed');
    expect(await verdictOf(await exported(theirs))).toContain('missing: Leaf 300');
  });

  it('is for those who had it before there were archives what they were told', async () => {
    await archives.keep(ours, { audit_retention_days: 30 });
    await archives.keep(theirs, { api_key_max_days: 30 });
    const [migration, runner] = [
      new AuditArchives1764943000000(),
      world.database.dataSource.createQueryRunner(),
    ];
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    const settingsOf = async ({ organizationId }: TestTenant) =>
      (await world.query('SELECT settings FROM organizations WHERE id = $1', [organizationId]))[0];
    expect(await settingsOf(ours)).toEqual({
      settings: { audit_retention_days: 30, audit_retention_action: 'delete' },
    });
    expect(await settingsOf(theirs)).toEqual({ settings: { api_key_max_days: 30 } });
  });

  it('waits for collectors that are to have the entries', async () => {
    const collector = { REDOUBT_AUDIT_HTTP: 'http://127.0.0.1:9/' };
    await run(collector);
    await run(collector);
    expect(await rowsOf(ours)).toBe(901);
    await world.query("INSERT INTO audit_streams (collector, head) VALUES ('http', 1000000)");
    await run(collector);
    expect(await rowsOf(ours)).toBe(901 - 512);
    await world.query('DELETE FROM audit_streams');
  });
});
