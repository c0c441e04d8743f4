import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import { instanceKeyPlace, organizationKeyPlace } from '../key-places.js';
import { UnknownMasterKey } from '../master-keys.js';
import { INSTANCE_PURPOSES } from '../purposes.js';
import { type RotationProcess, RotationWorld } from '../testing/rotation-world.js';
import { OpenError, openBytes } from '../xaes.js';

describe('the rotation of the master key', () => {
  let world: RotationWorld;

  beforeAll(async () => {
    world = await RotationWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(() => world.reset());

  const current = () => join(world.folder, 'master-key');
  const next = () => join(world.folder, 'master-key.next');
  const keyIn = (file: string) => Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  const masterKeys = async (): Promise<string[]> =>
    (await world.db.query('SELECT id FROM master_keys ORDER BY created_at')).map(
      ({ id }: { id: string }) => id,
    );

  async function sealBy(process: RotationProcess, organizationId: string): Promise<() => Promise<void>> {
    const place = { organizationId, table: 'users', id: 'user_1', version: 1 };
    const sealed = await process.sealer.seal(place, Buffer.from('Ada'), world.db);
    const mine = { table: 'ephemeral_keys', id: 'eph_1', version: 1 };
    const sealedByInstance = await process.instanceSealer.seal(mine, Buffer.from('half'), world.db);
    return async () => {
      const reader = await world.startProcess();
      expect((await reader.sealer.open(place, sealed, world.db)).toString()).toBe('Ada');
      expect((await reader.instanceSealer.open(mine, sealedByInstance, world.db)).toString()).toBe('half');
    };
  }

  async function rotate(process: RotationProcess, organizationId: string): Promise<void> {
    await process.begin(process.masters, organizationId);
    await process.work(process.masters, organizationId);
  }

  /** How many of the stored keys a master key opens. */
  async function opened(key: Buffer): Promise<number> {
    const organizationKeys = await world.db.query('SELECT * FROM organization_keys');
    const instanceKeys = await world.db.query('SELECT * FROM instance_keys');
    const places = [
      ...organizationKeys.map((row: Record<string, never>) => ({
        wrapped: row.wrapped,
        place: organizationKeyPlace(row.organization_id ?? '', row.id ?? '', row.version ?? 0),
      })),
      ...instanceKeys.map((row: Record<string, never>) => ({
        wrapped: row.wrapped,
        place: instanceKeyPlace(row.purpose ?? '', row.id ?? '', row.version ?? 0),
      })),
    ];
    return places.filter(({ wrapped, place }: { wrapped: Buffer; place: Buffer }) => {
      try {
        return openBytes(key, wrapped, place).length > 0;
      } catch (error) {
        if (error instanceof OpenError) return false;
        throw error;
      }
    }).length;
  }

  it('makes the old key useless, and puts the new one in its file', async () => {
    const process = await world.startProcess();
    const organizationId = await process.addOrganization();
    for (let more = 0; more < 3; more += 1) await process.addOrganization();
    const read = await sealBy(process, organizationId);
    const old = keyIn(current());
    const keys = 4 + INSTANCE_PURPOSES.length;
    expect(await opened(old)).toBe(keys);

    await rotate(process, organizationId);
    await read();
    expect(await opened(old)).toBe(0);
    await process.settle();
    expect(existsSync(next())).toBe(false);
    expect(keyIn(current()).equals(old)).toBe(false);
    expect(statSync(current()).mode & 0o777).toBe(0o600);
    expect(await opened(keyIn(current()))).toBe(keys);
    expect(await masterKeys()).toHaveLength(1);
    await read();
  });

  it('is followed by processes that started before it, whatever step they meet', async () => {
    const worker = await world.startProcess();
    const organizationId = await worker.addOrganization();
    const place = { organizationId, table: 'users', id: 'user_1', version: 1 };
    const sealed = await worker.sealer.seal(place, Buffer.from('Ada'), world.db);
    const cold = await Promise.all(Array.from({ length: 4 }, () => world.startProcess()));
    const opens = async (process: RotationProcess | undefined) =>
      expect((await process?.sealer.open(place, sealed, world.db))?.toString()).toBe('Ada');

    await worker.begin(worker.masters, organizationId);
    await opens(cold[0]);
    await worker.write((tx) => worker.masters.rewrapSome(organizationId, tx));
    await opens(cold[1]);
    await worker.work(worker.masters, organizationId);
    await opens(cold[2]);
    await worker.settle();
    await opens(cold[3]);
    expect(await (cold[0] as RotationProcess).addOrganization()).toMatch(/^org_/);
  });

  it('misses no organization that is made at the same time', async () => {
    const worker = await world.startProcess();
    const organizationId = await worker.addOrganization();
    const creator = await world.startProcess();
    let commit = (): void => {};
    const held = new Promise<void>((done) => {
      commit = done;
    });
    let made = (): void => {};
    const wrapped = new Promise<void>((done) => {
      made = done;
    });
    const creation = creator.write(async (tx) => {
      await tx.query("INSERT INTO organizations (id, name) VALUES ('org_late', 'Late')");
      await creator.keys.keyRing.createOrganizationKeys('org_late', tx);
      made();
      await held;
    });
    await wrapped;
    await worker.begin(worker.masters, organizationId);
    let finished = false;
    const rotation = worker.work(worker.masters, organizationId).then(() => {
      finished = true;
    });
    await sleep(300);
    expect(finished).toBe(false);
    commit();
    await Promise.all([creation, rotation]);
    const [used] = await masterKeys();
    const rows = await world.db.query('SELECT DISTINCT master_key_id AS id FROM organization_keys');
    expect(rows).toEqual([{ id: used }]);
    const { keyRing } = (await world.startProcess()).keys;
    expect((await keyRing.newestDataKey('org_late', 'users', world.db)).key).toHaveLength(32);
  });

  it('bears rotations of organizations at the same time', async () => {
    const worker = await world.startProcess();
    const organizations = await Promise.all([worker.addOrganization(), worker.addOrganization()]);
    const [organizationId] = organizations as [string, string];
    const read = await sealBy(worker, organizationId);
    const beside = async (id: string): Promise<void> => {
      for (let round = 0; round < 5; round += 1) {
        await worker.begin(worker.organizations, id);
        await worker.work(worker.organizations, id);
      }
    };
    const masters = async (): Promise<void> => {
      for (let round = 0; round < 5; round += 1) {
        await rotate(worker, organizationId);
        await worker.settle();
        await read();
      }
    };
    await Promise.all([masters(), ...organizations.map(beside)]);
    await read();
    expect(await masterKeys()).toHaveLength(1);
  });

  describe('after a crash', () => {
    it('uses the file that was made for a rotation the database never heard of', async () => {
      const process = await world.startProcess();
      const organizationId = await process.addOrganization();
      const abandoned = process.write(async (tx) => {
        await process.masters.begin(organizationId, tx);
        throw new Error('crash');
      });
      await expect(abandoned).rejects.toThrow('crash');
      const made = keyIn(next());
      await (await world.startProcess()).begin(process.masters, organizationId);
      expect(keyIn(next()).equals(made)).toBe(true);
    });

    it('goes on with the same key', async () => {
      const process = await world.startProcess();
      const organizationId = await process.addOrganization();
      const read = await sealBy(process, organizationId);
      const { keyId } = await process.begin(process.masters, organizationId);
      await process.write((tx) => process.masters.rewrapSome(organizationId, tx));
      const other = await world.startProcess();
      await read();
      expect((await other.begin(other.masters, organizationId)).keyId).toBe(keyId);
      await other.work(other.masters, organizationId);
      await other.settle();
      expect(await masterKeys()).toEqual([keyId]);
      await read();
    });

    it('puts the new key in its place at the next start, or before the next rotation', async () => {
      const process = await world.startProcess();
      const organizationId = await process.addOrganization();
      const read = await sealBy(process, organizationId);
      await rotate(process, organizationId);
      const first = keyIn(next());
      await world.startProcess();
      expect([keyIn(current()).equals(first), existsSync(next())]).toEqual([true, false]);
      await rotate(process, organizationId);
      const second = keyIn(next());
      await rotate(process, organizationId);
      expect([keyIn(current()).equals(second), keyIn(next()).equals(second)]).toEqual([true, false]);
      await read();
    });

    it('bears to find the new key in both files', async () => {
      const process = await world.startProcess();
      const organizationId = await process.addOrganization();
      const read = await sealBy(process, organizationId);
      await rotate(process, organizationId);
      copyFileSync(next(), current());
      await read();
      expect(existsSync(next())).toBe(false);
    });
  });

  describe('with keys from the environment', () => {
    const key = () => randomBytes(32).toString('hex');

    it('takes the order of the guide: both keys everywhere, rotate, the new one alone', async () => {
      const [a, b] = [key(), key()];
      const before = await world.startProcess({ REDOUBT_MASTER_KEY: a });
      const organizationId = await before.addOrganization();
      const both = { REDOUBT_MASTER_KEY: a, REDOUBT_NEXT_MASTER_KEY: b };
      const process = await world.startProcess(both);
      await expect(before.begin(before.masters, organizationId)).rejects.toMatchObject({
        code: 'NEXT_MASTER_KEY_MISSING',
      });
      await process.begin(process.masters, organizationId);
      await expect(world.startProcess({ REDOUBT_MASTER_KEY: a })).rejects.toThrow(/has not ended/);
      await expect(world.startProcess({ REDOUBT_MASTER_KEY: b })).rejects.toThrow(/has not ended/);
      await process.work(process.masters, organizationId);
      await expect(process.begin(process.masters, organizationId)).rejects.toMatchObject({
        code: 'NEXT_MASTER_KEY_IN_USE',
      });
      await world.startProcess(both);
      await expect(world.startProcess({ REDOUBT_MASTER_KEY: a })).rejects.toThrow(/does not belong/);
      const after = await world.startProcess({ REDOUBT_MASTER_KEY: b });
      expect((await after.keys.keyRing.newestDataKey(organizationId, 'users', world.db)).key).toHaveLength(
        32,
      );
      expect([existsSync(current()), existsSync(next())]).toEqual([false, false]);
    });

    it('says which key a process lacks, and reads on once it has it', async () => {
      const [a, b] = [key(), key()];
      const before = await world.startProcess({ REDOUBT_MASTER_KEY: a });
      const organizationId = await before.addOrganization();
      const process = await world.startProcess({ REDOUBT_MASTER_KEY: a, REDOUBT_NEXT_MASTER_KEY: b });
      await rotate(process, organizationId);
      const read = before.keys.keyRing.newestDataKey(organizationId, 'users', world.db);
      await expect(read).rejects.toThrow(UnknownMasterKey);
      await expect(before.work(before.masters, organizationId)).rejects.toMatchObject({
        code: 'MASTER_KEY_UNKNOWN',
      });
    });

    it('can take the place of a key in a file', async () => {
      const process = await world.startProcess();
      const organizationId = await process.addOrganization();
      const b = key();
      const both = await world.startProcess({ REDOUBT_NEXT_MASTER_KEY: b });
      await rotate(both, organizationId);
      await both.settle();
      expect(existsSync(next())).toBe(false);
      const after = await world.startProcess({ REDOUBT_MASTER_KEY: b });
      expect((await after.keys.keyRing.newestDataKey(organizationId, 'users', world.db)).key).toHaveLength(
        32,
      );
    });
  });

  it('refuses a start with a foreign key, or with a file that holds none', async () => {
    await world.startProcess();
    const own = readFileSync(current());
    writeFileSync(current(), `${randomBytes(32).toString('base64')}\n`);
    await expect(world.startProcess()).rejects.toThrow(/does not belong to this database/);
    writeFileSync(current(), own);
    writeFileSync(next(), 'half');
    await expect(world.startProcess()).rejects.toThrow(StartError);
  });
});
