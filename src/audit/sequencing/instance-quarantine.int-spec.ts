import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { parseCheckpoint } from '../log/checkpoint.js';
import { CompactRange } from '../log/compact-range.js';
import * as Entries from '../log/log-entry.js';
import { definedRoot } from '../log/testing/small-tree.js';
import { LogReader } from '../proofs/log-reader.service.js';
import { LogWorld } from '../testing/log-world.js';
import { rangeOf, type Tree } from '../trees/tree.js';

describe('the log of the instance, when it contradicts itself', () => {
  let world: LogWorld;
  let [first, ours] = [] as unknown as [TestTenant, TestTenant];
  const TREE = '(SELECT id FROM audit_trees WHERE organization_id IS NULL)';
  const KEPT = ['audit_trees', 'audit_checkpoints', 'audit_leaves', 'audit_nodes'];

  beforeAll(async () => {
    world = await LogWorld.start();
    [first, ours] = [await world.tenants.add(), await world.tenants.add()];
    for (let round = 0; round < 12; round += 1) {
      await world.write(ours, 1);
      await world.sequence();
    }
  });
  beforeEach(async () => {
    await world.write(ours, 3);
    await world.sequence();
    await world.publisher().publish();
    for (const table of KEPT) await world.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  });
  afterEach(async () => {
    for (const table of KEPT) await world.query(`DROP TABLE kept_${table}`);
  });
  afterAll(() => world.stop());

  const instance = async (): Promise<Tree> => {
    const tree = await world.trees.find(null, world.db);
    if (!tree) throw new Error('no tree');
    return tree;
  };
  const sizeOf = async ({ organizationId }: TestTenant): Promise<number | undefined> =>
    (await world.trees.find(organizationId, world.db))?.size;
  const outside = async () => (await world.outside().read()).map(({ note }) => note);
  const news = () =>
    world.query<{ action: string; organization_id: string; counts: object }>(
      "SELECT action, organization_id, counts FROM audit_logs WHERE target_id = 'instance' ORDER BY number",
    );
  const reason = async () =>
    (
      await world.query(`SELECT quarantine_reason AS reason FROM audit_trees WHERE organization_id IS NULL`)
    )[0];
  const read = () =>
    new LogReader(world.trees, world.nodes, world.signer, world.database.dataSource).read(null);
  /** What the leader does each second when there is nothing else to do. */
  const tend = async (): Promise<void> => {
    if (!(await world.publisher().publish())) await world.rounds().judgeInstance();
  };

  /** As somebody does who has a copy of the database; that it is set apart stays. */
  const putBack = async (): Promise<void> => {
    const fields = 'id, organization_id, size, edge, quarantined_at, quarantine_reason';
    await world.query(
      `WITH gone AS (DELETE FROM audit_trees WHERE organization_id IS NULL RETURNING quarantined_at, quarantine_reason)
       INSERT INTO kept_audit_trees (${fields})
       SELECT k.id, NULL, k.size, k.edge, gone.* FROM kept_audit_trees k, gone WHERE k.organization_id IS NULL`,
    );
    await world.query(
      `INSERT INTO audit_trees (${fields}) OVERRIDING SYSTEM VALUE
       SELECT ${fields} FROM kept_audit_trees WHERE organization_id IS NULL AND quarantined_at IS NOT NULL`,
    );
    await world.query(
      `DELETE FROM audit_leaves WHERE tree = ${TREE} AND leaf >= (SELECT size FROM audit_trees WHERE id = ${TREE})`,
    );
    await world.query(
      `DELETE FROM audit_nodes n WHERE tree = ${TREE} AND NOT EXISTS (
         SELECT FROM kept_audit_nodes k WHERE (k.tree, k.level, k.position) = (n.tree, n.level, n.position))`,
    );
    await world.query(`DELETE FROM audit_checkpoints WHERE tree = ${TREE}`);
    await world.query(
      'INSERT INTO audit_checkpoints SELECT * FROM kept_audit_checkpoints ON CONFLICT DO NOTHING',
    );
    await world.query(
      'UPDATE audit_checkpoints c SET instance_leaf = k.instance_leaf FROM kept_audit_checkpoints k WHERE (c.tree, c.size) = (k.tree, k.size)',
    );
  };

  /** All heads are leaves of it, each once, and its root is over them. */
  const expectWhole = async (): Promise<void> => {
    const heads = await world.query<Entries.LogHead & { leaf: number | null }>(
      `SELECT t.organization_id AS "organizationId", c.size::float8 AS size, c.root, c.instance_leaf::float8 AS leaf
         FROM audit_checkpoints c JOIN audit_trees t ON t.id = c.tree AND t.organization_id IS NOT NULL
        ORDER BY c.instance_leaf`,
    );
    expect(heads.map(({ leaf }) => leaf)).toEqual(heads.map((_, at) => at));
    const entries = heads.map((head) => Buffer.from(Entries.entryText(Entries.entryOfHead(head))));
    const root = Buffer.from(definedRoot(entries));
    expect(rangeOf(await instance()).root()).toEqual(root);
    expect(await world.query('SELECT FROM audit_owed_heads')).toEqual([]);
    const [note = ''] = await outside();
    expect(parseCheckpoint(note)).toMatchObject({ size: heads.length, root });
  };

  it.each([
    ['was rolled back', `UPDATE audit_trees SET size = 0, edge = '' WHERE id = ${TREE}`, 'shorter'],
    ['lost its newest checkpoint', `DELETE FROM audit_checkpoints WHERE tree = ${TREE}`, 'ahead'],
    [
      'has another root',
      `UPDATE audit_trees SET edge = sha256(edge) || substring(edge FROM 33) WHERE id = ${TREE}`,
      'other_root',
    ],
    ['has no right edge', `UPDATE audit_trees SET edge = '' WHERE id = ${TREE}`, 'unreadable'],
    [
      'has a leaf after its end',
      `INSERT INTO audit_leaves (tree, leaf, hash) SELECT id, size, sha256('') FROM audit_trees WHERE id = ${TREE}`,
      'shorter',
    ],
    [
      'has a node where one is to come',
      `INSERT INTO audit_nodes (tree, level, position, hash) SELECT id, 8, (size >> 8), sha256('') FROM audit_trees WHERE id = ${TREE}`,
      'shorter',
    ],
    [
      'has a leaf to come that is taken already',
      `UPDATE audit_checkpoints SET instance_leaf = 1000 + instance_leaf WHERE instance_leaf = 7`,
      'shorter',
    ],
    ['lost its row', 'DELETE FROM audit_trees WHERE organization_id IS NULL', 'shorter'],
  ])(
    'and %s, stops no other log, and goes on with what it owes when it is put back',
    async (_, tamper, found) => {
      const [before, kept, told] = [await sizeOf(ours), await outside(), (await news()).length];
      await world.query(tamper);
      for (const count of [5, 2]) {
        await world.write(ours, count);
        await world.sequence();
        await tend();
      }
      expect([await sizeOf(ours), await reason()]).toEqual([Number(before) + 7, { reason: found }]);
      expect(await world.trees.countQuarantined(world.db)).toBe(1);
      expect((await news()).slice(told)).toEqual([
        {
          action: 'audit_log.quarantined',
          organization_id: first.organizationId,
          counts: { size: (await instance()).size },
        },
      ]);
      expect(await outside()).toEqual(kept);
      await expect(read()).rejects.toMatchObject({ code: 'AUDIT_LOG_QUARANTINED' });
      // The two of ours, and that of the entry.
      expect((await world.query('SELECT FROM audit_owed_heads')).length).toBeGreaterThanOrEqual(3);
      expect(await world.owed.hasAny(world.db)).toBe(false);

      await putBack();
      await tend();
      expect((await news()).at(-1)).toMatchObject({ action: 'audit_log.released' });
      expect(await world.owed.hasAny(world.db)).toBe(true);
      await world.write(ours, 1);
      // Fewer than it owes: what comes meanwhile waits behind it.
      await world.rounds().run(1);
      await world.sequence();
      await tend();
      await expectWhole();
      expect((await read()).size).toBe((await instance()).size);
    },
  );

  it('is set apart when it was made anew, so that what lies outside is never overwritten', async () => {
    const [kept, tree] = [await outside(), await instance()];
    const edge = Buffer.from(tree.edge);
    edge.writeUInt8(edge.readUInt8(0) ^ 1, 0);
    await world.query(`UPDATE audit_trees SET edge = $1 WHERE id = ${TREE}`, [edge]);
    await world.query(`UPDATE audit_checkpoints SET root = $1 WHERE tree = ${TREE} AND size = $2`, [
      rangeOf({ ...tree, edge }).root(),
      tree.size,
    ]);
    await world.write(ours, 1);
    await world.sequence();
    expect((await instance()).size).toBe(tree.size + 1);
    await tend();
    expect([await reason(), await outside()]).toEqual([{ reason: 'other_root' }, kept]);

    // A head that it got meanwhile is owed again.
    await putBack();
    await world.query(
      `WITH taken AS (UPDATE audit_checkpoints SET instance_leaf = NULL WHERE instance_leaf >= $1 RETURNING tree, size)
       INSERT INTO audit_owed_heads (tree, size) SELECT tree, size FROM taken ORDER BY size`,
      [tree.size],
    );
    await tend();
    await world.sequence();
    await tend();
    await expectWhole();
  });

  it('is not let go on by what agrees with itself alone', async () => {
    const [tree, kept] = [await instance(), await outside()];
    // As of an older copy: whole, but without the newest heads.
    const size = tree.size - 2;
    const hashes = await world.nodes.readerOf(
      tree.id,
      world.db,
    )([...Array(size)].map((_, index) => ({ level: 0, index })));
    const older = new CompactRange();
    for (const hash of hashes) older.append(hash);
    await world.query(`DELETE FROM audit_leaves WHERE tree = ${TREE} AND leaf >= $1`, [size]);
    await world.query('DELETE FROM audit_checkpoints WHERE instance_leaf >= $1', [size]);
    await world.query(`DELETE FROM audit_checkpoints WHERE tree = ${TREE} AND size > $1`, [size]);
    await world.query(
      `INSERT INTO audit_checkpoints (tree, size, root) VALUES (${TREE}, $1, $2) ON CONFLICT DO NOTHING`,
      [size, older.root()],
    );
    await world.query(`UPDATE audit_trees SET size = $1, edge = $2 WHERE id = ${TREE}`, [
      size,
      Buffer.concat(older.hashes),
    ]);
    await tend();
    expect([await reason(), await outside()]).toEqual([{ reason: 'shorter' }, kept]);
    await tend();
    expect(await reason()).toEqual({ reason: 'shorter' });
  });
});
