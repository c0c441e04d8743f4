import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { LimitRequest, LimitStorage } from './limit-storage.js';
import { ReferenceLimiter } from './testing/reference-limiter.js';
import { postgresKind, redisKind, type StorageKind } from './testing/storage-kind.js';
import type { WindowLimit } from './window.js';

const MS = 1_000;
const PROCESSES = 4;
const LEASE = 400 * MS;

let leases = 0;
let subjects = 0;

const newSubject = (): string => `user:${subjects++}:test`;
const fixed = (name: 'minute' | 'hour', limit: number, ms = 60_000): WindowLimit => ({
  name,
  limit,
  size: ms * MS,
});
const ask = (
  subject: string,
  windows: readonly WindowLimit[],
  slots: number | null = null,
): LimitRequest => ({ subject, windows, slots, lease: `req_${leases++}` });

describe.each([
  ['PostgreSQL', postgresKind],
  ['Redis', redisKind],
])('limits in %s', (_, start) => {
  let kind: StorageKind;
  let storages: LimitStorage[];
  let storage: LimitStorage;

  beforeAll(async () => {
    kind = await start();
    storages = await Promise.all(Array.from({ length: PROCESSES }, () => kind.open(LEASE)));
    storage = storages[0] ?? fail();
  });
  afterAll(() => kind.stop());

  const fail = (): never => {
    throw new Error('no storage');
  };

  /** How many of many requests, sent to all processes at once, were let through. */
  async function passedOf(amount: number, request: () => LimitRequest): Promise<number> {
    const asked = Array.from({ length: amount }, (_, index) =>
      (storages[index % PROCESSES] ?? storage).decide(request()),
    );
    return (await Promise.all(asked)).filter(({ allowed }) => allowed).length;
  }

  it('let exactly as many through as the window holds, however many processes ask at once', async () => {
    for (const limit of [1, 7, 97]) {
      const subject = newSubject();
      expect(await passedOf(400, () => ask(subject, [fixed('minute', 1_000), fixed('hour', limit)]))).toBe(
        limit,
      );
      const { windows } = await storage.decide(ask(subject, [fixed('minute', 1_000), fixed('hour', limit)]));
      expect(windows.map(({ used }) => used)).toEqual([limit, limit]);
    }
  });

  it('let no more slots be taken than there are, however many processes ask at once', async () => {
    const subject = newSubject();
    expect(await passedOf(200, () => ask(subject, [], 9))).toBe(9);
  });

  it('lock nobody out when processes ask for many subjects in any order', async () => {
    const names = Array.from({ length: 12 }, newSubject);
    const limit = 40;
    const passed = new Map<string, number>();
    const asked = Array.from({ length: 2_400 }, async (_, index) => {
      const subject = names[(index * 7 + Math.floor(index / 50)) % names.length] ?? '';
      const process = storages[index % PROCESSES] ?? storage;
      if (index % 97 === 0) await sleep(1);
      const { allowed } = await process.decide(ask(subject, [fixed('hour', limit)]));
      if (allowed) passed.set(subject, (passed.get(subject) ?? 0) + 1);
    });
    await Promise.all(asked);
    expect([...passed.values()]).toEqual(names.map(() => limit));
  });

  it('count from the first request on, and anew once the window is over', async () => {
    const subject = newSubject();
    const windows = [fixed('minute', 2, 400)];
    const first = await storage.decide(ask(subject, windows));
    expect(first.windows[0]).toMatchObject({ used: 1, resetsIn: 400 * MS, waitFor: 0 });
    await sleep(150);
    expect((await storage.decide(ask(subject, windows))).windows[0]?.resetsIn).toBeLessThanOrEqual(250 * MS);
    const refused = await storage.decide(ask(subject, windows));
    expect(refused.allowed).toBe(false);
    await sleep((refused.windows[0]?.waitFor ?? 0) / MS + 5);
    const anew = await storage.decide(ask(subject, windows));
    expect([anew.allowed, anew.windows[0]?.used]).toEqual([true, 1]);
  });

  it('let a burst through at once and then only what flows in', async () => {
    const subject = newSubject();
    const bucket: WindowLimit = { name: 'second', limit: 20, size: 250 * MS };
    expect(await passedOf(100, () => ask(subject, [bucket]))).toBe(20);
    const refused = await storage.decide(ask(subject, [bucket]));
    const { waitFor = 0, used } = refused.windows[0] ?? {};
    expect([refused.allowed, used]).toEqual([false, 20]);
    expect(waitFor).toBeLessThanOrEqual(250 * MS);
    await sleep(waitFor / MS + 5);
    expect(await passedOf(20, () => ask(subject, [bucket]))).toBe(1);
  });

  it('consume nothing for a request that any of them refuses', async () => {
    const subject = newSubject();
    const windows = [fixed('minute', 10), fixed('hour', 3)];
    for (let index = 0; index < 3; index += 1) await storage.decide(ask(subject, windows, 5));
    for (let index = 0; index < 5; index += 1) {
      const decision = await storage.decide(ask(subject, windows, 5));
      expect(decision.allowed).toBe(false);
      expect(decision.slotsUsed).toBe(3);
      expect(decision.windows.map(({ used }) => used)).toEqual([3, 3]);
    }
    const slotsFull = await storage.decide(ask(subject, [fixed('minute', 10)], 3));
    expect([slotsFull.allowed, slotsFull.windows[0]?.used]).toEqual([false, 3]);
  });

  it('free a slot when it is released, and when nobody renews it', async () => {
    const subject = newSubject();
    const held = ask(subject, [], 2);
    const dead = ask(subject, [], 2);
    for (const request of [held, dead]) expect((await storage.decide(request)).allowed).toBe(true);
    expect((await storage.decide(ask(subject, [], 2))).allowed).toBe(false);
    for (let round = 0; round < 3; round += 1) {
      await sleep(LEASE / MS / 2);
      await storage.renew([held]);
    }
    const next = ask(subject, [], 2);
    expect(await storage.decide(next)).toMatchObject({ allowed: true, slotsUsed: 2 });
    await storage.release([held, next]);
    await storage.renew([held]);
    expect(await storage.decide(ask(subject, [], 1))).toMatchObject({ allowed: true, slotsUsed: 1 });
  });

  it('decide as the plain rules do, whatever is asked in whatever order', async () => {
    const window = fc.oneof(
      fc.record({
        name: fc.constant('second' as const),
        limit: fc.integer({ min: 1, max: 4 }),
        size: fc.integer({ min: 1, max: 4 * MS }),
      }),
    );
    const step = fc.record({
      subject: fc.integer({ min: 0, max: 1 }),
      bucket: fc.option(window),
      minute: fc.option(fc.integer({ min: 1, max: 6 })),
      hour: fc.option(fc.integer({ min: 1, max: 12 })),
      slots: fc.option(fc.integer({ min: 1, max: 3 })),
      releases: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const reference = new ReferenceLimiter(LEASE);
        const names = [newSubject(), newSubject()];
        for (const { subject, bucket, minute, hour, slots, releases } of steps) {
          const name = names[subject] ?? '';
          const windows = [
            ...(bucket ? [bucket] : []),
            ...(minute ? [fixed('minute', minute, 5)] : []),
            ...(hour ? [fixed('hour', hour, 30)] : []),
          ];
          const request = ask(name, windows, slots);
          const { now, ...decision } = await storage.decide(request);
          expect(decision).toEqual(reference.decide(request, now));
          if (!releases) continue;
          await storage.release([request]);
          reference.release(name, request.lease);
        }
      }),
      { numRuns: 40 },
    );
  });
});
