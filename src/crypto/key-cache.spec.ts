import { setTimeout as sleep } from 'node:timers/promises';
import type { Tx } from '../platform/database/unit-of-work.js';
import { KeyCache } from './key-cache.js';

const outside = {} as Tx;
const inside = { queryRunner: { isTransactionActive: true } } as unknown as Tx;

/** Opens a key that is another one each time. */
function opener() {
  let opened = 0;
  return async () => {
    opened += 1;
    return { id: `dkey_${opened}`, key: Buffer.alloc(32) };
  };
}

describe('the cache of opened keys', () => {
  it('gives a key out for its time, then looks again', async () => {
    const cache = new KeyCache(50);
    const open = opener();
    expect((await cache.get('a', outside, open)).id).toBe('dkey_1');
    expect((await cache.get('a', outside, open)).id).toBe('dkey_1');
    await sleep(60);
    expect((await cache.get('a', outside, open)).id).toBe('dkey_2');
  });

  it('tells slots apart', async () => {
    const cache = new KeyCache();
    const open = opener();
    expect((await cache.get('a', outside, open)).id).toBe('dkey_1');
    expect((await cache.get('b', outside, open)).id).toBe('dkey_2');
  });

  it('remembers nothing of a transaction that has not committed', async () => {
    const cache = new KeyCache();
    const open = opener();
    expect((await cache.get('a', inside, open)).id).toBe('dkey_1');
    expect((await cache.get('a', outside, open)).id).toBe('dkey_2');
  });

  it('forgets what begins with a prefix, and nothing else', async () => {
    const cache = new KeyCache();
    const open = opener();
    for (const slot of ['org_1/a', 'org_1/b', 'org_10/a']) await cache.get(slot, outside, open);
    cache.forget('org_1/');
    expect((await cache.get('org_10/a', outside, open)).id).toBe('dkey_3');
    expect((await cache.get('org_1/a', outside, open)).id).toBe('dkey_4');
    expect((await cache.get('org_1/b', outside, open)).id).toBe('dkey_5');
  });

  it('keeps no key for long after its time', async () => {
    const cache = new KeyCache(1);
    const open = opener();
    for (let slot = 0; slot < 2_500; slot += 1) {
      await cache.get(String(slot), outside, open);
      if (slot % 500 === 0) await sleep(3);
    }
    expect(cache.size).toBeLessThan(2_000);
  });
});
