import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { LooseObjects } from './loose-objects.service.js';
import { newObjectKey, ObjectStore } from './object-store.js';
import { storageError } from './storage.errors.js';
import { StorageWorld } from './testing/storage-world.js';

const never = new AbortController().signal;
const unavailable = { code: 'STORAGE_UNAVAILABLE', row: { status: 503 } };

/** A store whose server is down. */
class BrokenStore extends ObjectStore {
  override put = this.fail;
  override get = this.fail;
  override delete = this.fail;
  override check = this.fail;

  private fail(): Promise<never> {
    return Promise.reject(storageError('STORAGE_UNAVAILABLE'));
  }
}

describe('loose objects', () => {
  let world: StorageWorld;
  let loose: LooseObjects;

  beforeAll(async () => {
    world = await StorageWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    loose = world.looseObjects();
  });
  afterEach(() => world.empty());

  const put = (key: string) => world.store.put(key, Readable.from([Buffer.from('sealed')]), never);
  const objects = () => (existsSync(world.folder) ? world.objects() : []);
  const claim = (key: string, by = loose) => world.unitOfWork.run((tx) => by.claim(key, tx));
  const doom = (keys: readonly string[]) => world.unitOfWork.run((tx) => loose.doom(keys, tx));
  const sweep = (store?: ObjectStore) => world.sweeper(store).run(never);
  /** An upload up to the point where its file is made. */
  const upload = async (by = loose): Promise<string> => {
    const key = newObjectKey();
    await by.register(key);
    await put(key);
    return key;
  };

  it('are in the ledger before the first byte, and leave it with their file', async () => {
    const key = newObjectKey();
    const signal = await loose.register(key);
    expect(await world.ledger()).toEqual([{ key, doomed: false, alive: true }]);
    await put(key);
    await claim(key);
    expect(await world.ledger()).toEqual([]);
    await sweep();
    expect([objects(), signal.aborted]).toEqual([[key], false]);
  });

  it('are left alone while their lease lives', async () => {
    const key = await upload();
    await sweep();
    expect([objects(), await world.ledger()]).toEqual([[key], [{ key, doomed: false, alive: true }]]);
  });

  it('go when their writer falls silent, are looked at once more, and then leave the ledger', async () => {
    const key = await upload();
    await world.lapse();
    await sweep();
    expect([objects(), await world.ledger()]).toEqual([[], [{ key, doomed: true, alive: true }]]);
    // What the writer sent last arrives now.
    await put(key);
    await sweep();
    expect(objects()).toEqual([key]);
    await world.lapse();
    await sweep();
    expect([objects(), await world.ledger()]).toEqual([[], []]);
  });

  it('cannot be claimed once a sweep has them, and go with their upload', async () => {
    const key = await upload();
    await world.lapse();
    await sweep();
    await put(key);
    await expect(claim(key)).rejects.toMatchObject(unavailable);
    await loose.abandon(key);
    expect([objects(), await world.ledger()]).toEqual([[], []]);
  });

  it('go with their upload even when nothing in the ledger tells of them any more', async () => {
    const key = await upload();
    for (let n = 0; n < 2; n++) {
      await world.lapse();
      await sweep();
    }
    await put(key);
    await expect(claim(key)).rejects.toMatchObject(unavailable);
    await loose.abandon(key);
    expect(objects()).toEqual([]);
  });

  it('may still be claimed late, as long as no sweep came', async () => {
    const key = await upload();
    await world.lapse();
    await claim(key);
    await sweep();
    expect(objects()).toEqual([key]);
  });

  it('stay loose when the transaction of their file is rolled back', async () => {
    const key = await upload();
    const failing = world.unitOfWork.run(async (tx) => {
      await loose.claim(key, tx);
      throw new Error('a later step');
    });
    await expect(failing).rejects.toThrow('a later step');
    expect(await world.ledger()).toEqual([{ key, doomed: false, alive: true }]);
    await loose.abandon(key);
    expect([objects(), await world.ledger()]).toEqual([[], []]);
  });

  it('are not deleted by giving up when their file was made after all', async () => {
    const key = await upload();
    await claim(key);
    await loose.abandon(key);
    expect(objects()).toEqual([key]);
  });

  it('are renewed together while they are written, and tell when they are lost', async () => {
    const writer = world.looseObjects(50);
    const [kept, taken] = [newObjectKey(), newObjectKey()];
    const [keptSignal, takenSignal] = [await writer.register(kept), await writer.register(taken)];
    await world.unitOfWork.run((tx) => world.repository.doomLoose(taken, tx));
    await world.database.dataSource.query(
      "UPDATE loose_objects SET expires_at = now() + interval '1 second' WHERE NOT doomed",
    );
    await sleep(1_500);
    expect(keptSignal.aborted).toBe(false);
    expect(takenSignal.reason).toMatchObject(unavailable);
    expect((await world.ledger()).find(({ key }) => key === kept)).toEqual({
      key: kept,
      doomed: false,
      alive: true,
    });
    writer.onApplicationShutdown();
  });

  it('of deleted files go by the thousand, after the transaction and not before', async () => {
    const keys = Array.from({ length: 3_000 }, newObjectKey);
    const made = keys.filter((_, n) => n % 300 === 0);
    for (const key of made) await put(key);
    await expect(
      world.unitOfWork.run(async (tx) => {
        await loose.doom(keys, tx);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await sweep();
    expect(objects()).toEqual(made.sort());
    await doom([...keys, ...keys]);
    await sweep();
    expect([objects(), await world.ledger()]).toEqual([[], []]);
  });

  it('wait in the ledger while the store fails', async () => {
    const key = await upload();
    const broken = world.looseObjects(undefined, new BrokenStore());
    await broken.abandon(key);
    expect(await world.ledger()).toEqual([{ key, doomed: true, alive: false }]);
    await expect(sweep(new BrokenStore())).rejects.toMatchObject(unavailable);
    expect(await world.ledger()).toEqual([{ key, doomed: true, alive: true }]);
    await world.lapse();
    await sweep();
    expect([objects(), await world.ledger()]).toEqual([[], []]);
  });

  it('are removed once each by sweeps at a time', async () => {
    const keys = Array.from({ length: 500 }, newObjectKey);
    await doom(keys);
    const deleted: string[] = [];
    const counting = Object.assign(new BrokenStore(), {
      delete: async (key: string) => void deleted.push(key),
    });
    await Promise.all([sweep(counting), sweep(counting), sweep(counting)]);
    expect(deleted.sort()).toEqual(keys.sort());
    expect(await world.ledger()).toEqual([]);
  });

  it('belong to their file or to the sweep, never to both, however they race', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 8 }),
        async (uploads) => {
          const keys = await Promise.all(uploads.map(() => upload()));
          await world.lapse();
          const claims = uploads.map(async ([, ms], n) => {
            await sleep(ms);
            return claim(keys[n] ?? '').then(
              () => true,
              () => false,
            );
          });
          const [claimed] = await Promise.all([Promise.all(claims), sweep(), sleep(1).then(() => sweep())]);
          const withFile = keys.filter((_, n) => claimed[n]);
          for (const key of keys.filter((each) => !withFile.includes(each))) await loose.abandon(key);
          await world.lapse();
          await sweep();
          expect(objects()).toEqual(withFile.sort());
          expect(await world.ledger()).toEqual([]);
          for (const key of withFile) await world.store.delete(key);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('waits for a transaction that claims, whatever becomes of it', async () => {
    for (const commits of [true, false]) {
      const key = await upload();
      await world.lapse();
      const claiming = world.unitOfWork.run(async (tx) => {
        await loose.claim(key, tx);
        await sweep();
        if (!commits) throw new Error('rolled back');
      });
      await claiming.catch(() => undefined);
      expect(objects()).toEqual([key]);
      await sweep();
      expect(objects()).toEqual(commits ? [key] : []);
      await world.store.delete(key);
    }
  });
});
