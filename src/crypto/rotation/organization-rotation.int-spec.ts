import { setTimeout as sleep } from 'node:timers/promises';
import { dataKeyPlace } from '../key-places.js';
import type { DataKeyRow } from '../key-ring.repository.js';
import { PURPOSES } from '../purposes.js';
import { type RotationProcess, RotationWorld } from '../testing/rotation-world.js';
import { OpenError, openBytes } from '../xaes.js';

describe('the rotation of an organization key', () => {
  let world: RotationWorld;
  let first: RotationProcess;
  let organizationId: string;

  beforeAll(async () => {
    world = await RotationWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    await world.reset();
    first = await world.startProcess();
    organizationId = await first.addOrganization();
  });

  const place = (id: string) => ({ organizationId, table: 'users', id, version: 1 });
  const seal = (text: string, by = first) => by.sealer.seal(place(text), Buffer.from(text), world.db);
  const open = async (text: string, sealed: Buffer, by: RotationProcess) =>
    (await by.sealer.open(place(text), sealed, world.db)).toString();

  const dataKeys = (): Promise<(DataKeyRow & { organization_key_id: string })[]> =>
    world.db.query('SELECT * FROM data_keys WHERE organization_id = $1 ORDER BY id', [organizationId]);

  const organizationKeys = (): Promise<{ id: string; version: number }[]> =>
    world.db.query('SELECT id, version FROM organization_keys WHERE organization_id = $1', [organizationId]);

  const inUse = () => first.write((tx) => first.keys.keyRing.organizationKeyInUse(organizationId, tx));

  it('leaves every value readable, in processes that knew its key and in those that did not', async () => {
    const [warm, cold] = [await world.startProcess(), await world.startProcess()];
    const sealed = await seal('Ada');
    expect(await open('Ada', sealed, warm)).toBe('Ada');
    await first.begin(first.organizations, organizationId);
    const meanwhile = await seal('Grace', await world.startProcess());
    for (const process of [warm, cold, await world.startProcess()]) {
      expect(await open('Ada', sealed, process)).toBe('Ada');
      expect(await open('Grace', meanwhile, process)).toBe('Grace');
    }
    await cold.work(cold.organizations, organizationId);
    for (const process of [warm, cold, await world.startProcess()]) {
      expect(await open('Ada', sealed, process)).toBe('Ada');
      expect(await open('Grace', meanwhile, process)).toBe('Grace');
    }
  });

  it('makes the old key useless: no row of it is left, and it opens none', async () => {
    const { id, key } = await inUse();
    const before = await dataKeys();
    const opens = (row: DataKeyRow) =>
      openBytes(key, row.wrapped, dataKeyPlace(organizationId, row.purpose, row.id, row.version));
    for (const row of before) expect(opens(row)).toHaveLength(32);

    await first.begin(first.organizations, organizationId);
    await first.work(first.organizations, organizationId);
    const after = await dataKeys();
    expect(after.map((row) => row.id)).toEqual(expect.arrayContaining(before.map((row) => row.id)));
    for (const row of after) {
      expect(row.organization_key_id).not.toBe(id);
      expect(() => opens(row)).toThrow(OpenError);
    }
    const [only, ...others] = await organizationKeys();
    expect([only?.version, others]).toEqual([2, []]);
  });

  it('gives new values a new key, so that an old copy of the database and the old key open none', async () => {
    const old = new Set((await dataKeys()).map((row) => row.id));
    await first.begin(first.organizations, organizationId);
    await first.work(first.organizations, organizationId);
    const fresh = await (await world.startProcess()).keys.keyRing.newestDataKey(
      organizationId,
      'users',
      world.db,
    );
    expect(old.has(fresh.id)).toBe(false);
    expect(await dataKeys()).toHaveLength(2 * PURPOSES.length);
  });

  it('touches no other organization', async () => {
    const other = await first.addOrganization();
    const rows = () =>
      world.db.query('SELECT * FROM data_keys WHERE organization_id = $1 ORDER BY id', [other]);
    const before = await rows();
    await first.begin(first.organizations, organizationId);
    await first.work(first.organizations, organizationId);
    expect(await rows()).toEqual(before);
  });

  it('says in the audit log what it came to, once', async () => {
    await first.begin(first.organizations, organizationId);
    await first.work(first.organizations, organizationId);
    await first.work(first.organizations, organizationId);
    const rows = await world.db.query(
      "SELECT target_type, target_id, counts FROM audit_logs WHERE action = 'organization_key.rotated'",
    );
    const { id } = await inUse();
    const counts = { data_keys: 2 * PURPOSES.length, old_wrappers: 0, removed_keys: 1 };
    expect(rows).toEqual([{ target_type: 'organization_key', target_id: id, counts }]);
  });

  it('misses no key that is made under the old one at the same time', async () => {
    const creator = await world.startProcess();
    let release = (): void => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    let wrapped = (): void => {};
    const taken = new Promise<void>((done) => {
      wrapped = done;
    });
    const creation = creator.write(async (tx) => {
      const { keyRing } = creator.keys;
      const wrapper = await keyRing.organizationKeyInUse(organizationId, tx);
      wrapped();
      await held;
      await keyRing.createDataKey({ organizationId, purpose: 'late', version: 1 }, wrapper, tx);
    });
    await taken;
    await first.begin(first.organizations, organizationId);
    let finished = false;
    const rotation = first.work(first.organizations, organizationId).then(() => {
      finished = true;
    });
    await sleep(300);
    expect(finished).toBe(false);
    release();
    await Promise.all([creation, rotation]);
    const { id } = await inUse();
    for (const row of await dataKeys()) expect(row.organization_key_id).toBe(id);
    const late = await (await world.startProcess()).keys.keyRing.newestDataKey(
      organizationId,
      'late',
      world.db,
    );
    expect(late.key).toHaveLength(32);
  });

  it('goes on after a crash at any point, with the same key', async () => {
    const sealed = await seal('Ada');
    // More than one transaction takes.
    await first.write(async (tx) => {
      const wrapper = await first.keys.keyRing.organizationKeyInUse(organizationId, tx);
      for (let version = 1; version <= 120; version += 1)
        await first.keys.keyRing.createDataKey({ organizationId, purpose: 'more', version }, wrapper, tx);
    });
    const { keyId } = await first.begin(first.organizations, organizationId);
    const left = async () => (await dataKeys()).filter((row) => row.organization_key_id !== keyId).length;
    const crash = async (work: Promise<unknown>) => expect(work).rejects.toThrow('crash');
    const half = first.write(async (tx) => {
      await first.organizations.rewrapSome(organizationId, tx);
      throw new Error('crash');
    });
    await crash(half);
    expect(await left()).toBe(120 + PURPOSES.length);
    await first.write((tx) => first.organizations.rewrapSome(organizationId, tx));
    expect(await left()).toBe(20 + PURPOSES.length);
    const end = first.write(async (tx) => {
      await first.organizations.finish(organizationId, tx);
      throw new Error('crash');
    });
    await crash(end);
    expect(await organizationKeys()).toHaveLength(2);
    const second = await world.startProcess();
    expect(await open('Ada', sealed, second)).toBe('Ada');
    expect((await second.begin(second.organizations, organizationId)).keyId).toBe(keyId);
    await second.work(second.organizations, organizationId);
    expect(await left()).toBe(0);
    expect((await organizationKeys()).map(({ id }) => id)).toEqual([keyId]);
    expect(await open('Ada', sealed, await world.startProcess())).toBe('Ada');
  });

  it('fails no read while rotation follows rotation', async () => {
    const values = await Promise.all(['a', 'b', 'c'].map(async (text) => [text, await seal(text)] as const));
    let over = false;
    let reads = 0;
    const reader = async (): Promise<void> => {
      while (!over) {
        const process = await world.startProcess();
        for (const [text, sealed] of values) expect(await open(text, sealed, process)).toBe(text);
        const fresh = await seal('new', process);
        expect(await open('new', fresh, first)).toBe('new');
        reads += values.length + 1;
      }
    };
    const rotate = async (): Promise<void> => {
      for (let round = 0; round < 15; round += 1) {
        await first.begin(first.organizations, organizationId);
        await first.work(first.organizations, organizationId);
      }
    };
    await Promise.all([
      rotate().finally(() => {
        over = true;
      }),
      reader(),
      reader(),
    ]);
    expect(reads).toBeGreaterThan(20);
    expect((await organizationKeys()).map(({ version }) => version)).toEqual([16]);
  });
});
