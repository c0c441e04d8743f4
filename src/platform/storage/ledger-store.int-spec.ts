import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3_PROGRAM, S3Server } from '../../../test/support/s3-server.js';
import { describeWith } from '../../../test/support/tools.js';
import type { LedgerStore } from './ledger-store.js';
import { LocalLedgerStore } from './local.ledger-store.js';
import { S3LedgerStore } from './s3.ledger-store.js';

interface Place {
  readonly store: LedgerStore;
  close(): Promise<void>;
}

function keepsRecords(start: () => Promise<Place>): void {
  let place: Place;
  beforeAll(async () => {
    place = await start();
  });
  afterAll(() => place.close());

  it('has nothing before there is something', async () => {
    expect(await place.store.get('checkpoints/instance')).toBeUndefined();
    expect(await place.store.list('erasures')).toEqual([]);
  });

  it('gives back what was put last, whole, and lists one folder in its order', async () => {
    const { store } = place;
    for (const size of [0, 1, 70_000]) {
      await store.put('checkpoints/instance', Buffer.alloc(size, size % 251));
      expect((await store.get('checkpoints/instance'))?.equals(Buffer.alloc(size, size % 251))).toBe(true);
    }
    for (const name of ['b', 'a', 'c_1']) await store.put(`erasures/${name}`, Buffer.from(name));
    expect(await store.list('erasures')).toEqual(['erasures/a', 'erasures/b', 'erasures/c_1']);
    expect(await store.list('checkpoints')).toEqual(['checkpoints/instance']);
  });

  it('keeps one of those that are put at once', async () => {
    const values = Array.from({ length: 12 }, (_, n) => Buffer.alloc(5_000 + n, n));
    await Promise.all(values.map((value) => place.store.put('checkpoints/raced', value)));
    const kept = await place.store.get('checkpoints/raced');
    expect(values.some((value) => kept?.equals(value))).toBe(true);
    expect(await place.store.list('checkpoints')).toEqual(['checkpoints/instance', 'checkpoints/raced']);
  });

  it.each(['instance', '../x', 'a/../b', 'A/b', 'a/b/c', 'a/'])('takes no name %s', async (name) => {
    await expect(place.store.put(name, Buffer.from('x'))).rejects.toThrow('not the name of a record');
  });
}

describe('a ledger in a folder', () => {
  keepsRecords(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-ledger-'));
    return {
      store: new LocalLedgerStore(join(folder, 'ledger')),
      close: async () => rmSync(folder, { recursive: true }),
    };
  });
});

describeWith(S3_PROGRAM, 'a ledger in a bucket', () => {
  keepsRecords(async () => {
    const server = await S3Server.start();
    const store = new S3LedgerStore(server.settings);
    return {
      store,
      close: async () => {
        store.close();
        await server.stop();
      },
    };
  });
});
