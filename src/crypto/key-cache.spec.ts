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
});
