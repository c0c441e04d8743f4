import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { AuditLog1764920000000 } from '../../platform/database/migrations/1764920000000-audit-log.js';
import { AuditQuarantine1764941000000 } from '../../platform/database/migrations/1764941000000-audit-quarantine.js';
import * as Entries from '../log/log-entry.js';
import * as Hashes from '../log/merkle-hash.js';
import * as Proofs from '../log/merkle-proofs.js';
import { definedRoot } from '../log/testing/small-tree.js';
import { LogWorld } from '../testing/log-world.js';
import { ENTRY_COLUMNS } from '../trees/row-columns.js';
import { rangeOf, type Tree } from '../trees/tree.js';
import { PendingRowsRepository } from './pending-rows.repository.js';
import { TenantTrees } from './tenant-trees.js';

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

describe('giving audit rows their places', () => {
  let world: LogWorld;
  let [ours, theirs] = [] as unknown as [TestTenant, TestTenant];

  beforeAll(async () => {
    world = await LogWorld.start();
    [ours, theirs] = [await world.tenants.add(), await world.tenants.add()];
  });
  afterAll(() => world.stop());

  const treeOf = async (organizationId: string | null): Promise<Tree> => {
    const tree = await world.trees.find(organizationId, world.db);
    if (!tree) throw new Error('no tree');
    return tree;
  };

  /** What the leaves of an organization stand for, read from its rows themselves. */
  const entriesOf = async (organizationId: string): Promise<Buffer[]> => {
    const rows = await world.query<Entries.LogRow>(
      `SELECT ${ENTRY_COLUMNS}, sha256(l.sealed) AS "sealedDigest" FROM audit_logs l
         JOIN audit_leaves a ON a.number = l.number WHERE l.organization_id = $1 ORDER BY a.leaf`,
      [organizationId],
    );
    return rows.map((row) => Buffer.from(Entries.entryText(Entries.entryOfRow(row))));
  };

  const expectWhole = async (organizationId: string): Promise<number> => {
    const [tree, entries] = [await treeOf(organizationId), await entriesOf(organizationId)];
    const [{ rows }] = (await world.query<{ rows: number }>(
      'SELECT count(*)::int AS rows FROM audit_logs WHERE organization_id = $1',
      [organizationId],
    )) as [{ rows: number }];
    expect([tree.size, entries.length]).toEqual([rows, rows]);
    expect(hex(rangeOf(tree).root())).toBe(hex(definedRoot(entries)));
    return tree.size;
  };

  /** The heads that the instance's tree tells of, read from what organizations' trees were. */
  const expectHeads = async (): Promise<void> => {
    const heads = await world.query<{ organizationId: string; size: number; root: Buffer }>(
      `SELECT t.organization_id AS "organizationId", c.size::float8 AS size, c.root FROM audit_checkpoints c
         JOIN audit_trees t ON t.id = c.tree WHERE c.instance_leaf IS NOT NULL ORDER BY c.instance_leaf`,
    );
    const tree = await treeOf(null);
    expect(tree.size).toBe(heads.length);
    const entries = heads.map((head) => Buffer.from(Entries.entryText(Entries.entryOfHead(head))));
    expect(hex(rangeOf(tree).root())).toBe(hex(definedRoot(entries)));
  };

  it('puts each row into the log of its organization, once, however rounds are cut', async () => {
    for (const [tenant, count] of [
      [ours, 7],
      [theirs, 5],
      [ours, 300],
      [theirs, 1],
      [ours, 2],
    ] as const)
      await world.write(tenant, count);
    await world.sequence(50);
    expect(await expectWhole(ours.organizationId)).toBe(309);
    expect(await expectWhole(theirs.organizationId)).toBe(6);
    await expectHeads();
    await world.write(ours, 300);
    await world.sequence();
    expect(await expectWhole(ours.organizationId)).toBe(609);
    await expectHeads();
  });

  it('does so when two lead for a moment', async () => {
    const before = (await treeOf(null)).size;
    for (let round = 0; round < 6; round += 1) await world.write(round % 2 ? ours : theirs, 40);
    const leaders = [world.rounds(), world.rounds(), world.rounds()];
    await Promise.all(
      leaders.map(async (rounds) => {
        while ((await rounds.run(25)) > 0);
      }),
    );
    await expectWhole(ours.organizationId);
    await expectWhole(theirs.organizationId);
    await expectHeads();
    expect((await treeOf(null)).size).toBeGreaterThan(before);
  });

  it('proves every leaf and every earlier state from few hashes', async () => {
    const tree = await treeOf(ours.organizationId);
    const entries = await entriesOf(ours.organizationId);
    const read = world.nodes.readerOf(tree.id, world.db);
    for (const size of [1, 2, 255, 256, 257, 300, 512, 513, tree.size]) {
      const root = await Proofs.rootAt(size, read);
      expect([size, hex(root)]).toEqual([size, hex(definedRoot(entries.slice(0, size)))]);
      const proof = await Proofs.consistencyProof(size, tree.size, read);
      const claim = { oldSize: size, size: tree.size, oldRoot: root, root: rangeOf(tree).root(), proof };
      expect(Proofs.verifyConsistency(claim)).toBe(true);
      const [index, leaf] = [size - 1, Hashes.leafHash(entries[size - 1] as Buffer)];
      const inclusion = { index, size, leaf, root, proof: await Proofs.inclusionProof(index, size, read) };
      expect(Proofs.verifyInclusion(inclusion)).toBe(true);
    }
  });

  it('leaves nothing half done when a round fails', async () => {
    await world.write(ours, 3);
    const [before] = await world.query('SELECT * FROM audit_trees WHERE organization_id IS NULL');
    await world.query('ALTER TABLE audit_checkpoints RENAME TO away');
    await expect(world.rounds().run()).rejects.toThrow();
    await world.query('ALTER TABLE away RENAME TO audit_checkpoints');
    expect(await world.query('SELECT * FROM audit_trees WHERE organization_id IS NULL')).toEqual([before]);
    await world.sequence();
    await expectWhole(ours.organizationId);
  });

  it('keeps sandboxes out of the log of the instance, and drops what their trees were made of', async () => {
    const twin = await world.tenants.add();
    await world.query('UPDATE organizations SET sandbox_of = $2 WHERE id = $1', [
      twin.organizationId,
      ours.organizationId,
    ]);
    const before = (await treeOf(null)).size;
    await world.write(twin, 300);
    await world.sequence();
    await expectWhole(twin.organizationId);
    expect((await treeOf(null)).size).toBe(before);
    const { id } = await treeOf(twin.organizationId);
    await world.database.dataSource.transaction((tx) =>
      new TenantTrees(world.trees).release([String(id)], tx),
    );
    for (const table of ['audit_leaves', 'audit_nodes', 'audit_checkpoints'])
      expect(await world.query(`SELECT FROM ${table} WHERE tree = $1`, [id])).toHaveLength(0);
    await world.query('DELETE FROM audit_logs WHERE organization_id = $1', [twin.organizationId]);
  });

  it('passes over rows that are gone with their sandbox', async () => {
    const gone = await world.tenants.add();
    await world.write(gone, 2);
    await world.query('DELETE FROM audit_logs WHERE organization_id = $1', [gone.organizationId]);
    await world.sequence();
    expect(await world.trees.find(gone.organizationId, world.db)).toBeUndefined();
  });

  it('takes up what a process of an older release wrote', async () => {
    await world.write(ours, 4);
    await world.query('DELETE FROM audit_pending');
    await world.write(ours, 2);
    await world.rounds().takeUpMissed();
    await world.rounds().takeUpMissed();
    expect(await world.query('SELECT FROM audit_pending')).toHaveLength(6);
    await world.sequence();
    await expectWhole(ours.organizationId);
  });

  it('begins with the rows that are there when the tables come', async () => {
    const runner = world.database.dataSource.createQueryRunner();
    const migrations = [new AuditLog1764920000000(), new AuditQuarantine1764941000000()];
    for (const migration of [...migrations].reverse()) await migration.down(runner);
    for (const migration of migrations) await migration.up(runner);
    await runner.release();
    await world.sequence(100);
    expect(await expectWhole(ours.organizationId)).toBeGreaterThan(600);
    await expectWhole(theirs.organizationId);
    await expectHeads();
  });

  it('queues a row with whatever it is written with, and none without', async () => {
    const writer = new AuditWriter(world.database.dataSource, ours.sealer);
    const entry = {
      organizationId: ours.organizationId,
      actor: { type: 'system', id: 'clock' },
      action: 'x',
      requestId: 'r',
    } as const;
    const waiting = async () => (await world.query('SELECT FROM audit_pending')).length;
    await writer.appendAlone(entry);
    await world.database.dataSource.transaction((tx) => writer.append(entry, tx));
    const effect = {
      sql: 'UPDATE organizations SET version = version + $1 WHERE id = $2',
      parameters: [1, ours.organizationId],
    };
    await writer.appendWith([await writer.prepare(entry)], effect);
    const [written, not] = [await writer.prepare(entry), await writer.prepare(entry)];
    const condition = { sql: 'SELECT $1::text', parameters: [written.id] };
    expect([...(await writer.appendWhere([written, not], condition))]).toEqual([written.id]);
    expect(await waiting()).toBe(4);
    expect(await new PendingRowsRepository().take(10, world.db)).toHaveLength(4);
  });
});
