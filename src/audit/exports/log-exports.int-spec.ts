import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { ExportFault } from '../log/export-fault.js';
import { type Evidence, verifyExport } from '../log/export-verifier.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { ArchiveWorld } from '../testing/archive-world.js';
import type { LogWorld } from '../testing/log-world.js';

const ROWS = 2_300;

describe('an export of a log', () => {
  let archives: ArchiveWorld;
  let world: LogWorld;
  let tenant: TestTenant;
  let pages: [number, number][];

  /** Notes which leaves are read, and when. */
  class WatchedLeaves extends LogLeavesRepository {
    override page(...[tree, isInstance, first, end, db]: Parameters<LogLeavesRepository['page']>) {
      pages.push([first, end]);
      return super.page(tree, isInstance, first, end, db);
    }
  }

  const reader = () => archives.reader();
  const exports = () => archives.exports(tenant, new WatchedLeaves());
  const caller = () => testCaller(tenant.organizationId, tenant.userId, 'admin');
  const linesFor = (times = {}) => exports().export(caller(), { log: 'organization' }, times, 'jsonl');

  async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) yield Buffer.from(piece);
  }
  const verdictOf = async (evidence: Evidence = {}): Promise<string> =>
    verifyExport(bytesOf(await linesFor()), evidence).then(
      ({ head }) => `${head.leaves} of ${head.size}`,
      (error: unknown) => {
        if (error instanceof ExportFault) return `${error.kind}: ${error.message}`;
        throw error;
      },
    );

  beforeAll(async () => {
    archives = await ArchiveWorld.start();
    world = archives.log;
    tenant = await world.tenants.add();
    for (let rows = 0; rows < ROWS; rows += 460) await world.write(tenant, 460);
    await world.sequence();
  });
  beforeEach(() => {
    pages = [];
  });
  afterAll(() => archives.stop());

  it('reads a page when the one before is taken, and no sooner', async () => {
    const pieces = (await linesFor())[Symbol.asyncIterator]();
    await pieces.next();
    expect(pages).toEqual([]);
    await pieces.next();
    expect(pages).toEqual([[0, 1000]]);
    await pieces.return?.();
    expect(pages).toHaveLength(1);
  });

  it('is on record before its first byte, and does not leave when that fails', async () => {
    await linesFor();
    const [told] = await world.query(
      "SELECT counts FROM audit_logs WHERE action = 'audit_log.exported' LIMIT 1",
    );
    expect(told).toEqual({ counts: { entries: ROWS } });
    await world.query('ALTER TABLE audit_pending RENAME TO away');
    await expect(linesFor()).rejects.toThrow('audit_pending');
    await world.query('ALTER TABLE away RENAME TO audit_pending');
    expect(pages).toEqual([]);
  });

  it('is of one moment, and verified with every checkpoint there was', async () => {
    const log = await reader().read(tenant.organizationId);
    for (const size of [0, 1, 256, 1000, 1001, ROWS])
      expect(await verdictOf({ checkpoint: await log.checkpoint(size) })).toBe(`${ROWS} of ${ROWS}`);
    const pieces = await linesFor();
    await world.sequence();
    const { head } = await verifyExport(bytesOf(pieces));
    expect(head.size).toBe(ROWS);
    expect((await reader().read(tenant.organizationId)).size).toBeGreaterThan(ROWS);
  });

  it('of a time is the leaves from its first entry to its last', async () => {
    const [{ from, to }] = (await world.query<{ from: Date; to: Date }>(
      `SELECT min(created_at) AS from, max(created_at) AS to FROM audit_logs l JOIN audit_leaves a USING (number)
        WHERE leaf BETWEEN 700 AND 1500`,
    )) as [{ from: Date; to: Date }];
    const { head } = await verifyExport(bytesOf(await linesFor({ from, to })));
    expect(head.first_leaf).toBeLessThanOrEqual(700);
    expect(head.first_leaf).toBeGreaterThan(0);
    expect(head.first_leaf + head.leaves).toBeLessThan(ROWS);
    const none = await verifyExport(bytesOf(await linesFor({ to: new Date(0) })));
    expect(none.head.leaves).toBe(0);
  });

  it('verifies after details were erased, and not after they were exchanged', async () => {
    const { size } = await reader().read(tenant.organizationId);
    const which =
      "WHERE id = (SELECT id FROM audit_logs WHERE action <> 'audit_log.exported' ORDER BY number OFFSET 5 LIMIT 1)";
    await world.query(`UPDATE audit_logs SET sealed_digest = sha256(sealed), sealed = NULL ${which}`);
    expect(await verdictOf()).toBe(`${size} of ${size}`);
    await world.query(`UPDATE audit_logs SET sealed = '\\x00' ${which}`);
    expect(await verdictOf()).toContain('changed: The entry of leaf 5');
  });
});
