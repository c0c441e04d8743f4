import { setTimeout as sleep } from 'node:timers/promises';
import { acquireInstanceLock, type InstanceLock } from './instance-lock.js';
import { query, ServerFixture } from './testing/server-fixture.js';

jest.setTimeout(60_000);

const fixture = new ServerFixture();
let url = '';

beforeAll(async () => {
  url = (await fixture.start(fixture.dataDir())).url;
});
afterAll(() => fixture.dispose());

async function take(): Promise<InstanceLock> {
  const lock = await acquireInstanceLock(url);
  if (lock === undefined) throw new Error('the lock is held');
  return lock;
}

function settled(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), sleep(200).then(() => false)]);
}

describe('acquireInstanceLock', () => {
  it('lets in one of many, and the next one after release', async () => {
    const taken = await Promise.all([1, 2, 3, 4].map(() => acquireInstanceLock(url)));
    const held = taken.filter((lock) => lock !== undefined);
    expect(held).toHaveLength(1);
    await held[0]?.release();
    await held[0]?.release();
    await (await take()).release();
  });

  it('says after about three seconds that another instance lives, and leaves no connection behind', async () => {
    const first = await take();
    const since = Date.now();
    expect(await acquireInstanceLock(url)).toBeUndefined();
    expect(Date.now() - since).toBeGreaterThanOrEqual(2_900);
    expect(Date.now() - since).toBeLessThan(6_000);
    const connections =
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'redoubt instance lock'";
    expect(await query(url, connections)).toEqual([{ n: 1 }]);
    await first.release();
  });

  it('waits for an instance that is just ending', async () => {
    const first = await take();
    const next = take();
    await sleep(800);
    await first.release();
    await (await next).release();
  });

  it('tells when the lock is lost, and only then', async () => {
    const released = await take();
    await released.release();
    expect(await settled(released.lost)).toBe(false);

    const lock = await take();
    expect(await settled(lock.lost)).toBe(false);
    await query(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'redoubt instance lock'",
    );
    await lock.lost;
    await (await take()).release();
  });

  it('rejects when there is no database', async () => {
    await expect(acquireInstanceLock('postgresql://redoubt:x@127.0.0.1:1/redoubt')).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
