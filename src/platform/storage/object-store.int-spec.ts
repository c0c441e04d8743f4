import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3_PROGRAM, S3Server } from '../../../test/support/s3-server.js';
import { describeWith } from '../../../test/support/tools.js';
import { StartError } from '../errors/start-error.js';
import { LocalObjectStore } from './local.object-store.js';
import { newObjectKey, type ObjectStore } from './object-store.js';
import { S3ObjectStore } from './s3.object-store.js';
import { ObjectMissing } from './storage.errors.js';

const MIB = 2 ** 20;
const never = (): AbortSignal => new AbortController().signal;

interface Place {
  readonly store: ObjectStore;
  /** Everything that lies there, whole objects by their key. */
  list(): string[];
  close(): Promise<void>;
}

/** Bytes in chunks of odd sizes, as they come from a network and a cipher. */
function inChunks(bytes: Buffer, size = 65_552): Readable {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  return Readable.from(chunks, { objectMode: false });
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A source that gives this many MiB, and then nothing more, without ending. */
function stuckAfter(mib: number): { source: PassThrough; given: Promise<void> } {
  const source = new PassThrough();
  const given = (async () => {
    for (let n = 0; n < mib; n++) {
      if (!source.write(randomBytes(MIB))) await new Promise((resolve) => source.once('drain', resolve));
    }
  })();
  return { source, given };
}

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

function localPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-objects-'));
  return Promise.resolve({
    store: new LocalObjectStore(folder),
    list: () => filesBelow(folder),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  });
}

async function s3Place(): Promise<Place> {
  const server = await S3Server.start();
  const store = new S3ObjectStore(server.settings);
  return {
    store,
    list: () => Object.values(server.list()).flat(),
    close: async () => {
      store.close();
      await server.stop();
    },
  };
}

/** What every store promises. */
function promises(open: () => Promise<Place>): void {
  let place: Place;
  let store: ObjectStore;

  beforeAll(async () => {
    place = await open();
    store = place.store;
  });
  afterAll(() => place.close());

  it.each([0, 1, 65_535, 65_552, 5 * MIB, 5 * MIB + 1, 21 * MIB + 7])(
    'gives back the %d bytes it was given',
    async (length) => {
      const [key, bytes] = [newObjectKey(), randomBytes(length)];
      expect(await store.put(key, inChunks(bytes), never())).toEqual({ size: length });
      expect((await readAll(await store.get(key))).equals(bytes)).toBe(true);
      await store.delete(key);
      expect(place.list()).toEqual([]);
    },
  );

  it('keeps many at a time apart', async () => {
    const objects = Array.from({ length: 12 }, (_, n) => ({
      key: newObjectKey(),
      bytes: randomBytes(n * 777_777),
    }));
    await Promise.all(objects.map(({ key, bytes }) => store.put(key, inChunks(bytes, 10_000), never())));
    expect(place.list().sort()).toEqual(objects.map(({ key }) => key).sort());
    for (const { key, bytes } of objects)
      expect((await readAll(await store.get(key))).equals(bytes)).toBe(true);
    await Promise.all(objects.map(({ key }) => store.delete(key)));
    expect(place.list()).toEqual([]);
  });

  it.each([0, 3, 12])('leaves nothing of an object that is stopped after %d MiB', async (mib) => {
    const { source, given } = stuckAfter(mib);
    const stop = new AbortController();
    const put = store.put(newObjectKey(), source, stop.signal);
    const reason = new Error('enough');
    await given;
    setTimeout(() => stop.abort(reason), 50);
    await expect(put).rejects.toBe(reason);
    expect(source.destroyed).toBe(true);
    expect(place.list()).toEqual([]);
  });

  it('writes nothing once it was stopped before', async () => {
    const source = inChunks(randomBytes(100));
    await expect(store.put(newObjectKey(), source, AbortSignal.abort(new Error('before')))).rejects.toThrow(
      'before',
    );
    expect(source.destroyed).toBe(true);
    expect(place.list()).toEqual([]);
  });

  it.each([0, 3, 12])('passes on what its source throws after %d MiB, and leaves nothing', async (mib) => {
    const { source, given } = stuckAfter(mib);
    const put = store.put(newObjectKey(), source, never());
    const reason = new Error('the client is gone');
    void given.then(() => source.destroy(reason));
    await expect(put).rejects.toBe(reason);
    expect(place.list()).toEqual([]);
  });

  it('does not take a source that ends early for a whole one', async () => {
    const { source, given } = stuckAfter(3);
    const put = store.put(newObjectKey(), source, never());
    void given.then(() => source.destroy());
    await expect(put).rejects.toThrow();
    expect(place.list()).toEqual([]);
  });

  it('says which object is missing by an error of its own, and deletes it again', async () => {
    const key = newObjectKey();
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
    await store.put(key, inChunks(randomBytes(10)), never());
    await store.delete(key);
    await store.delete(key);
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
  });

  it('lets a reader go before the end', async () => {
    const key = newObjectKey();
    await store.put(key, inChunks(randomBytes(8 * MIB)), never());
    const stream = await store.get(key);
    for await (const _ of stream) break;
    expect(stream.destroyed).toBe(true);
    await store.delete(key);
  });

  it('takes keys of its own kind alone', async () => {
    for (const key of [
      '../../etc/passwd',
      'obj_../../../../../../etc/pas',
      '',
      'file_01k9zq3v8x6m2n4p5r7s9t0w1y',
    ]) {
      await expect(store.put(key, inChunks(randomBytes(1)), never())).rejects.toThrow('not the key');
      await expect(store.get(key)).rejects.toThrow('not the key');
      await expect(store.delete(key)).rejects.toThrow('not the key');
    }
  });

  it('can be used', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
}

describe('objects in a folder', () => {
  promises(localPlace);

  it('are for this account alone', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'redoubt-objects-')), 'files');
    const store = new LocalObjectStore(folder);
    const key = newObjectKey();
    await store.put(key, inChunks(randomBytes(10)), never());
    const modes = [folder, join(folder, key.slice(-2)), join(folder, key.slice(-2), key)].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
    rmSync(folder, { recursive: true });
  });

  it('are written once', async () => {
    const place = await localPlace();
    const [key, bytes] = [newObjectKey(), randomBytes(10)];
    await place.store.put(key, inChunks(bytes), never());
    await expect(place.store.put(key, inChunks(randomBytes(10)), never())).rejects.toThrow('there already');
    expect(await readAll(await place.store.get(key))).toEqual(bytes);
    expect(place.list()).toEqual([key]);
    await place.close();
  });

  it('lose with their key what a killed process had written of them', async () => {
    const place = await localPlace();
    const key = newObjectKey();
    const { source, given } = stuckAfter(3);
    const put = place.store.put(key, source, never()).catch((error: unknown) => error);
    await given;
    expect(place.list()).toEqual([`${key}.part`]);
    await place.store.delete(key);
    expect(place.list()).toEqual([]);
    // And what the process still writes, were it not dead, comes to nothing.
    source.end();
    expect(await put).toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(place.list()).toEqual([]);
    await place.close();
  });

  it('tell of a folder that cannot be used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-objects-'));
    const store = new LocalObjectStore(join(folder, 'a file', 'files'));
    execFileSync('touch', [join(folder, 'a file')]);
    await expect(store.check()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    rmSync(folder, { recursive: true });
  });
});

const full = { code: 'STORAGE_FULL', row: { status: 507 } };

/** Only root may mount. `npm test` says that tests of root's are left out. */
const describeAsRoot = process.getuid?.() === 0 && process.platform === 'linux' ? describe : describe.skip;

describeAsRoot('objects on a disk that gets full', () => {
  let folder: string;

  const mount = (limit: string): LocalObjectStore => {
    folder = mkdtempSync(join(tmpdir(), 'redoubt-small-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', limit, 'tmpfs', folder]);
    return new LocalObjectStore(join(folder, 'files'));
  };
  afterEach(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  it('are refused as a whole, and there is room again for smaller ones', async () => {
    const store = mount('size=8m');
    const kept = newObjectKey();
    await store.put(kept, inChunks(randomBytes(2 * MIB)), never());
    for (let n = 0; n < 3; n++) {
      const source = inChunks(randomBytes(12 * MIB));
      await expect(store.put(newObjectKey(), source, never())).rejects.toMatchObject(full);
      expect(source.destroyed).toBe(true);
      expect(filesBelow(folder)).toEqual([kept]);
    }
    const smaller = newObjectKey();
    await store.put(smaller, inChunks(randomBytes(5 * MIB)), never());
    expect((await readAll(await store.get(smaller))).length).toBe(5 * MIB);
  });

  it.each([1, 2, 3])('are refused where there is room for %d entries', async (entries) => {
    const store = mount(`size=8m,nr_inodes=${entries}`);
    const put = store.put(newObjectKey(), inChunks(randomBytes(1)), never());
    await expect(put).rejects.toMatchObject(full);
    expect(filesBelow(folder)).toEqual([]);
  });
});

describeWith(S3_PROGRAM, 'objects in S3', () => {
  promises(s3Place);

  describe('whose server fails', () => {
    let server: S3Server;
    let store: S3ObjectStore;

    beforeEach(async () => {
      server = await S3Server.start();
      store = new S3ObjectStore(server.settings, 1_000);
    });
    afterEach(async () => {
      store.close();
      await server.stop();
    });

    const unavailable = { code: 'STORAGE_UNAVAILABLE', row: { status: 503 } };

    it('are refused soon when it is down, and kept when it is back', async () => {
      await server.kill();
      const started = performance.now();
      await expect(store.put(newObjectKey(), inChunks(randomBytes(6 * MIB)), never())).rejects.toMatchObject(
        unavailable,
      );
      await expect(store.get(newObjectKey())).rejects.toMatchObject(unavailable);
      await expect(store.delete(newObjectKey())).rejects.toMatchObject(unavailable);
      await expect(store.check()).rejects.toMatchObject(unavailable);
      expect(performance.now() - started).toBeLessThan(10_000);
      await server.startAgain();
      expect(await store.put(newObjectKey(), inChunks(randomBytes(10)), never())).toEqual({ size: 10 });
    });

    it('are refused soon when it falls silent', async () => {
      const key = newObjectKey();
      await store.put(key, inChunks(randomBytes(10)), never());
      server.signal('SIGSTOP');
      await expect(store.put(newObjectKey(), inChunks(randomBytes(10)), never())).rejects.toMatchObject(
        unavailable,
      );
      await expect(store.get(key)).rejects.toMatchObject(unavailable);
      server.signal('SIGCONT');
      expect((await readAll(await store.get(key))).length).toBe(10);
    });

    it('end in an error when it falls silent under way, but not when their reader is slow', async () => {
      const key = newObjectKey();
      await store.put(key, inChunks(randomBytes(40 * MIB)), never());
      const slow = await store.get(key);
      await sleep(1_500);
      expect((await readAll(slow)).length).toBe(40 * MIB);
      const cut = await store.get(key);
      server.signal('SIGSTOP');
      await expect(readAll(cut)).rejects.toMatchObject(unavailable);
      server.signal('SIGCONT');
    });

    it('lose with their key the parts that a killed process had sent', async () => {
      const key = newObjectKey();
      const { source, given } = stuckAfter(12);
      void store.put(key, source, never()).catch(() => {});
      await given;
      await sleep(200);
      expect(server.list().parts.length).toBeGreaterThan(0);
      await new S3ObjectStore(server.settings).delete(key);
      expect(server.list()).toEqual({ objects: [], parts: [] });
      source.destroy();
    });

    it('say what to put right when bucket or key is wrong', async () => {
      const other = new S3ObjectStore({ ...server.settings, S3_BUCKET: 'elsewhere' });
      await expect(other.check()).rejects.toThrow(StartError);
      await expect(other.check()).rejects.toThrow(/"elsewhere" does not exist/);
      const stranger = new S3ObjectStore({ ...server.settings, S3_SECRET_ACCESS_KEY: 'wrong' });
      await expect(stranger.check()).rejects.toThrow(/S3_SECRET_ACCESS_KEY/);
    });
  });
});

describe('objects in an S3 that takes connections and says nothing', () => {
  let silent: Server;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    silent = createServer((socket) => void sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('are refused after a few tries', async () => {
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const settings = { S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_BUCKET: 'files', S3_REGION: 'us-east-1' };
    const keys = { S3_ACCESS_KEY_ID: 'any', S3_SECRET_ACCESS_KEY: 'any' };
    const store = new S3ObjectStore({ ...settings, ...keys }, 300);
    const put = store.put(newObjectKey(), inChunks(randomBytes(6 * MIB)), never());
    await expect(put).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    store.close();
  });
});
