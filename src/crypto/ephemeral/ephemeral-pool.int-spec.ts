import { execFile } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { constants, getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { loadSettings } from '../../platform/config/settings.js';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { EphemeralWorld } from '../testing/ephemeral-world.js';
import { TestTenants } from '../testing/test-tenant.js';
import { privatePlace } from './ephemeral-key.js';
import { EphemeralPool } from './ephemeral-pool.service.js';
import { generateKeyPairs } from './key-pairs.js';

interface StoredKey {
  readonly id: string;
  readonly public_key: Buffer;
  readonly private_sealed: Buffer;
}

/** Pieces of every private half in PKCS #8: the algorithm's identifier, and the exponent with what stands before it. */
const MARKS = ['06092a864886f70d010101', '0203010001'];

/** Waits of 5 ms that take so long are no mere business of the machine. */
const BLOCKED_MS = 100;

describe('the pool of ephemeral keys', () => {
  let database: TestDatabase;
  let world: EphemeralWorld;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    world = new EphemeralWorld(
      database.dataSource,
      await new TestTenants(database.dataSource).instanceSealer(),
    );
  });
  afterAll(() => database.stop());
  beforeEach(() => world.clear());

  const poolOf = (size: number): EphemeralPool =>
    new EphemeralPool(
      world.repository,
      world.sealer,
      world.unitOfWork,
      loadSettings({ REDOUBT_EPHEMERAL_POOL: String(size) }),
    );
  const never = new AbortController().signal;
  const keys = (): Promise<StoredKey[]> => database.dataSource.query('SELECT * FROM ephemeral_keys');

  it('is filled to its size, and again after keys were handed out', async () => {
    await poolOf(3).run(never);
    expect(await keys()).toHaveLength(3);
    await poolOf(3).run(never);
    expect(await keys()).toHaveLength(3);
    await world.process().handOut();
    await poolOf(3).run(never);
    expect(await keys()).toHaveLength(4);
    expect(await world.repository.countReady(database.dataSource.manager)).toBe(3);
  });

  it('holds RSA of 3072 bits, whose private halves nobody can read from it', async () => {
    await poolOf(1).run(never);
    const [{ id, public_key: publicKey, private_sealed: sealed }] = (await keys()) as [StoredKey];
    const shown = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    expect(shown.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072, publicExponent: 65_537n });
    const der = await world.sealer.open(privatePlace(id), sealed, database.dataSource.manager);
    const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(createPublicKey(secret).equals(shown)).toBe(true);
    for (const mark of MARKS) {
      expect(der.toString('hex')).toContain(mark);
      expect(sealed.toString('hex')).not.toContain(mark);
    }
    const { d, p, q } = secret.export({ format: 'jwk' });
    for (const part of [d, p, q]) {
      const bytes = Buffer.from(part ?? '', 'base64url').subarray(0, 16);
      expect([der, publicKey, sealed].map((stored) => stored.includes(bytes))).toEqual([true, false, false]);
    }
  });

  it('stops being filled at the signal, and nothing goes on', async () => {
    const stop = new AbortController();
    const filling = poolOf(100_000).run(stop.signal);
    while ((await keys()).length === 0) await sleep(20);
    stop.abort();
    await filling;
    const left = (await keys()).length;
    await sleep(1_500);
    expect(await keys()).toHaveLength(left);
  });

  it('leaves the event loop alone while keys are made', async () => {
    const stop = new AbortController();
    const filling = poolOf(4).run(stop.signal);
    let [blocked, whole] = [0, 0];
    let isFilling = true;
    void filling.finally(() => {
      isFilling = false;
    });
    for (let last = performance.now(); isFilling; last = performance.now()) {
      await sleep(5);
      const gap = performance.now() - last;
      whole += gap;
      if (gap > BLOCKED_MS) blocked += gap;
    }
    await filling;
    // One key alone takes some 300 ms: made here, they would take nearly all of the time in long gaps.
    expect(blocked / whole).toBeLessThan(0.5);
  });

  it('goes on when the process that makes keys is lost', async () => {
    const pairs = generateKeyPairs(never);
    await pairs.next();
    for (const pid of await makers()) process.kill(pid, 'SIGKILL');
    await expect(pairs.next()).rejects.toThrow('has ended');
    await poolOf(1).run(never);
    expect(await keys()).toHaveLength(1);
  });

  it('is filled by a process that gives way to all others, and is gone afterwards', async () => {
    const pairs = generateKeyPairs(never);
    await pairs.next();
    const running = await makers();
    expect(running.map((pid) => getPriority(pid))).toEqual([constants.priority.PRIORITY_LOW]);
    expect(getPriority()).toBeLessThan(constants.priority.PRIORITY_LOW);
    await pairs.return(undefined);
    while ((await makers()).length > 0) await sleep(20);
  });
});

/** Children of this process that make keys. */
async function makers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'ppid=,pid=,stat=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes('generateKeyPairSync') && !/^ *\d+ +\d+ +Z/.test(line))
    .map((line) => line.trim().split(/ +/).map(Number))
    .flatMap(([parent, pid]) => (parent === process.pid && pid ? [pid] : []));
}
