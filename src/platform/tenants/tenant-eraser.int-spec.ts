import type { DiscoveryService } from '@nestjs/core';
import { TestDatabase } from '../database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { TenantContents } from './tenant-contents.js';
import { TenantEraser } from './tenant-eraser.js';
import { TenantErasure } from './tenant-erasure.js';
import { TenantErasureRepository } from './tenant-erasure.repository.js';
import { TenantKeys } from './tenant-keys.js';
import { TenantRowsRepository } from './tenant-rows.repository.js';
import { RowMaker } from './testing/row-maker.js';

const never = new AbortController().signal;

class NoKeys extends TenantKeys {
  readonly destroyed: string[] = [];

  async destroy(organizationId: string): Promise<void> {
    this.destroyed.push(organizationId);
  }
}

/** Notes in the ledger what files stood for. */
class Ledger extends TenantContents {
  readonly table = 'files';
  readonly column = 'object_key';

  async release(names: readonly string[], tx: Tx): Promise<void> {
    await tx.query(
      'INSERT INTO loose_objects (object_key, expires_at, doomed) SELECT key, now(), true FROM unnest($1::text[]) AS key',
      [names],
    );
  }
}

/** Dies with its transaction at the step it is told to. */
class MortalUnit extends UnitOfWork {
  steps = Number.POSITIVE_INFINITY;

  override run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return super.run(async (tx) => {
      const result = await work(tx);
      this.steps -= 1;
      if (this.steps < 0) throw new Error('killed');
      return result;
    });
  }
}

describe('the erasure of organizations', () => {
  let database: TestDatabase;
  let unit: MortalUnit;
  let rows: RowMaker;
  const keys = new NoKeys();
  const erasure = new TenantErasure(new TenantErasureRepository(), keys);

  const query = (sql: string, values: unknown[] = []) => database.dataSource.query(sql, values);
  const eraser = () => {
    const discovery = { getProviders: () => [{ instance: new Ledger() }] } as unknown as DiscoveryService;
    return new TenantEraser(new TenantRowsRepository(), discovery, unit, database.dataSource);
  };
  const add = async (id: string, sandboxOf?: string) => {
    await query('INSERT INTO organizations (id, name, sandbox_of) VALUES ($1, $1, $2)', [id, sandboxOf]);
    if (sandboxOf) await query('UPDATE organizations SET sandbox_id = $2 WHERE id = $1', [sandboxOf, id]);
    await rows.fill(id, ['users']);
  };
  const tombstone = async (id: string) =>
    (await query('SELECT name, deleted_at, erased_at, sandbox_id FROM organizations WHERE id = $1', [id]))[0];
  const anHourLater = (id: string) =>
    query(
      `UPDATE organizations SET deleted_at = deleted_at - interval '61 minutes', erased_at = erased_at - interval '61 minutes'
        WHERE id = $1`,
      [id],
    );
  const none = (kept: Record<string, number> = {}) => ({
    ...Object.fromEntries(rows.tables.map((table) => [table, 0])),
    ...kept,
  });
  const all = () => ({ ...Object.fromEntries(rows.tables.map((table) => [table, 1])), users: 0 });

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    unit = new MortalUnit(database.dataSource);
    await query("INSERT INTO organizations (id, name) VALUES ('home', 'home')");
    await query("INSERT INTO users (id, organization_id, system_role) VALUES ('anyone', 'home', 'user')");
    await query("INSERT INTO master_keys (id, check_sealed) VALUES ('anyone', '')");
    // What a later version adds.
    await query(
      `CREATE TABLE later (id text PRIMARY KEY, organization_id text NOT NULL REFERENCES organizations (id))`,
    );
    await query(`CREATE TABLE even_later (id text PRIMARY KEY, later_id text NOT NULL REFERENCES later (id),
                   organization_id text NOT NULL REFERENCES organizations (id))`);
    rows = await RowMaker.of(database.dataSource);
  });
  afterAll(() => database.stop());

  it('finds every table that has rows of organizations, children before parents', async () => {
    const tables: { name: string }[] = await query(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'organization_id'`,
    );
    expect([...rows.tables].sort()).toEqual(tables.map(({ name }) => name).sort());
    expect(rows.tables.length).toBeGreaterThan(30);
    expect(rows.tables.indexOf('even_later')).toBeGreaterThan(rows.tables.indexOf('later'));
  });

  it('leaves no row of a sandbox in any table, nor its own, and touches no other organization', async () => {
    for (const [id, of] of [['live_1'], ['twin_1', 'live_1'], ['other_1']] as const) await add(id, of);
    expect(await rows.count('twin_1')).toEqual(all());
    await unit.run((tx) => erasure.beginSandbox('twin_1', tx));
    await eraser().run(never);
    expect(await rows.count('twin_1')).toEqual(none());
    expect(await tombstone('twin_1')).toMatchObject({ name: '', erased_at: expect.any(Date) });
    await anHourLater('twin_1');
    await eraser().run(never);
    expect(await tombstone('twin_1')).toBeUndefined();
    for (const id of ['live_1', 'other_1']) expect(await rows.count(id)).toEqual(all());
    expect(await query('SELECT object_key, doomed FROM loose_objects')).toEqual([
      { object_key: 'twin_1', doomed: true },
    ]);
  });

  it('leaves of an organization its audit rows and a nameless row, and ends its sandbox with it', async () => {
    await add('live_2');
    await add('twin_2', 'live_2');
    expect(await unit.run((tx) => erasure.begin('live_2', tx))).toBe(true);
    expect(keys.destroyed.slice(-2)).toEqual(['twin_2', 'live_2']);
    // At once, before anything is dropped.
    expect(await rows.count('live_2')).toMatchObject({
      memberships: 0,
      invitations: 0,
      project_shares: 0,
      break_glass: 0,
    });
    await eraser().run(never);
    expect([await rows.count('live_2'), await rows.count('twin_2')]).toEqual([
      none({ audit_logs: 1, audit_parked: 1, audit_pending: 1, audit_segments: 1, audit_trees: 1 }),
      none(),
    ]);
    expect(await tombstone('live_2')).toEqual({
      name: '',
      deleted_at: expect.any(Date),
      erased_at: expect.any(Date),
      sandbox_id: null,
    });
    expect(await unit.run((tx) => erasure.begin('live_2', tx))).toBe(false);
  });

  it('goes on wherever it was killed', async () => {
    for (let step = 0; step < rows.tables.length; step += 8) {
      const id = `killed_${step}`;
      await add(id, 'other_1');
      await unit.run((tx) => erasure.beginSandbox(id, tx));
      unit.steps = step;
      await eraser()
        .run(never)
        .catch(() => {});
      unit.steps = Number.POSITIVE_INFINITY;
      await eraser().run(never);
      expect([step, await rows.count(id)]).toEqual([step, none()]);
      expect(await query('SELECT FROM loose_objects WHERE object_key = $1', [id])).toHaveLength(1);
    }
  });

  it('passes over what somebody holds, and over what comes late, and has it the next time', async () => {
    await add('held', 'other_1');
    const holder = database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await holder.query("SELECT FROM tasks WHERE id = 'held' FOR UPDATE");
    await unit.run((tx) => erasure.beginSandbox('held', tx));
    await eraser().run(never);
    expect(await tombstone('held')).toMatchObject({ erased_at: null });
    await holder.query(
      "INSERT INTO job_logs (id, organization_id, job_id, level, code, message) VALUES ('late', 'held', 'held', 'info', 'x', 'x')",
    );
    await holder.commitTransaction();
    await holder.release();
    await eraser().run(never);
    expect(await rows.count('held')).toEqual(none());
    expect(await tombstone('held')).toMatchObject({ erased_at: expect.any(Date) });
  });

  it('looks once more for rows that were under way when an organization ended', async () => {
    await add('late');
    await unit.run((tx) => erasure.begin('late', tx));
    await eraser().run(never);
    await query("INSERT INTO later VALUES ('late', 'late')");
    await eraser().run(never);
    expect(await rows.count('late')).toMatchObject({ later: 1 });
    await anHourLater('late');
    await eraser().run(never);
    expect(await rows.count('late')).toMatchObject({ later: 0 });
  });

  it('refuses to end what is somebody’s home, or must keep a project', async () => {
    await add('kept');
    await query("UPDATE projects SET legal_hold = true WHERE organization_id = 'kept'");
    await expect(unit.run((tx) => erasure.begin('kept', tx))).rejects.toThrow('legal_hold');
    await query(
      "INSERT INTO users (id, organization_id, system_role, name_sealed) VALUES ('somebody', 'kept', 'user', '')",
    );
    expect(await erasure.isHome('kept', database.dataSource.manager)).toBe(true);
    await expect(unit.run((tx) => erasure.begin('kept', tx))).rejects.toThrow('home');
  });
});
