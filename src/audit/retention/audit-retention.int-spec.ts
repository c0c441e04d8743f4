import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { loadSettings } from '../../platform/config/settings.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { LogExports } from '../exports/log-exports.service.js';
import { ExportFault } from '../log/export-fault.js';
import { type Evidence, verifyExport } from '../log/export-verifier.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { LogReader } from '../proofs/log-reader.service.js';
import { LogWorld } from '../testing/log-world.js';
import { AuditRetention } from './audit-retention.work.js';
import { SegmentsRepository } from './segments.repository.js';

const never = new AbortController().signal;

describe('retention of the audit log', () => {
  let world: LogWorld;
  let [ours, theirs] = [] as unknown as [TestTenant, TestTenant];

  beforeAll(async () => {
    world = await LogWorld.start();
  });
  beforeEach(async () => {
    [ours, theirs] = [await world.tenants.add(), await world.tenants.add()];
    for (const tenant of [ours, theirs]) {
      await world.write(tenant, 600);
      await world.query(
        "UPDATE audit_logs SET created_at = created_at - interval '40 days' WHERE organization_id = $1",
        [tenant.organizationId],
      );
      await world.write(tenant, 300);
    }
    await world.sequence();
    await keepFor(ours, 30);
  });
  afterEach(() => world.query("UPDATE organizations SET settings = '{}'"));
  afterAll(() => world.stop());

  const keepFor = ({ organizationId }: TestTenant, days: number | null) =>
    world.query('UPDATE organizations SET settings = $2 WHERE id = $1', [
      organizationId,
      JSON.stringify({ audit_retention_days: days }),
    ]);
  const retention = (settings = {}): AuditRetention => {
    const { dataSource } = world.database;
    const audit = new AuditWriter(dataSource, world.tenants.sealer());
    const work = new AuditRetention(
      ...([new SegmentsRepository(), new LogLeavesRepository(), audit] as const),
      ...([new UnitOfWork(dataSource), loadSettings(settings)] as const),
    );
    work.noticeSeconds = 0;
    return work;
  };
  const run = async (work = retention()): Promise<void> => {
    await work.run(never);
    await world.sequence();
  };
  const rowsOf = async ({ organizationId }: TestTenant): Promise<number> =>
    (await world.query('SELECT FROM audit_logs WHERE organization_id = $1', [organizationId])).length;
  const reader = () => new LogReader(world.trees, world.nodes, world.signer, world.database.dataSource);
  const exported = async (tenant: TestTenant, times = {}): Promise<string> => {
    const { dataSource } = world.database;
    const audit = new AuditWriter(dataSource, tenant.sealer);
    const exports = new LogExports(reader(), new LogLeavesRepository(), world.signer, audit, dataSource);
    const caller = testCaller(tenant.organizationId, tenant.userId, 'admin');
    let text = '';
    for await (const piece of await exports.export(caller, { log: 'organization' }, times, 'jsonl'))
      text += piece;
    return text;
  };
  const verdictOf = (text: string, evidence: Evidence = {}): Promise<string> =>
    verifyExport(
      (async function* () {
        yield Buffer.from(text);
      })(),
      evidence,
    ).then(
      ({ head, taken }) => `${taken} of ${head.leaves} taken`,
      (error: unknown) => {
        if (error instanceof ExportFault) return `${error.kind}: ${error.message}`;
        throw error;
      },
    );

  it('takes out whole old tiles of those who want it, once the log says so, and what is left is proven', async () => {
    const sizes = [1, 200, 256, 300, 512, 700, 900];
    const before = await reader().read(ours.organizationId);
    const old = await Promise.all(sizes.map((size) => before.checkpoint(size)));
    await retention().run(never);
    await retention().run(never);
    expect(await rowsOf(ours)).toBe(901);
    await world.sequence();
    await run();
    expect([await rowsOf(ours), await rowsOf(theirs)]).toEqual([901 - 512, 900]);
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
      `INSERT INTO audit_segments (id, organization_id, tree, first_leaf, leaves, announced_size, oldest_at, newest_at, taken_at)
       SELECT 'seg_' || $1, $1, id, 256, 256, 0, now(), now(), now() FROM audit_trees WHERE organization_id = $1`,
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

  it('waits for collectors that are to have the entries', async () => {
    const work = () => retention({ REDOUBT_AUDIT_HTTP: 'http://127.0.0.1:9/' });
    await run(work());
    await run(work());
    expect(await rowsOf(ours)).toBe(901);
    await world.query("INSERT INTO audit_streams (collector, head) VALUES ('http', 1000000)");
    await run(work());
    expect(await rowsOf(ours)).toBe(901 - 512);
    await world.query('DELETE FROM audit_streams');
  });
});
