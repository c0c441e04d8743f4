import { webcrypto } from 'node:crypto';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { EphemeralWorld, newPair } from '../testing/ephemeral-world.js';
import { TestTenants } from '../testing/test-tenant.js';
import { oaepVectors } from '../testing/wycheproof.js';
import type { EphemeralKeys } from './ephemeral-keys.service.js';
import { EphemeralKeysSweeper } from './ephemeral-keys.sweeper.js';

const PAIR = newPair();

/** What SERO's sample client does. */
async function encrypt(
  text: string | Uint8Array,
  publicKey = PAIR.publicKey,
  label?: Buffer,
): Promise<string> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('spki', publicKey, algorithm, false, ['encrypt']);
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const parameters = { name: 'RSA-OAEP', ...(label && { label }) };
  return Buffer.from(await webcrypto.subtle.encrypt(parameters, key, bytes)).toString('base64');
}

describe('ephemeral keys', () => {
  let database: TestDatabase;
  let world: EphemeralWorld;
  let keys: EphemeralKeys;
  /** What every failure looks like. */
  let refusal: unknown;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    world = new EphemeralWorld(
      database.dataSource,
      await new TestTenants(database.dataSource).instanceSealer(),
    );
    keys = world.process();
    refusal = await outcomeOf(keys.decrypt(newId('eph'), []));
  });
  afterAll(() => database.stop());
  beforeEach(() => world.clear());

  /** What a call came to: its texts, or the error as clients see it. */
  const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
    work.catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      const { code, message, row, details, retryAfterSeconds } = error;
      return JSON.stringify({ code, message, status: row.status, details, retryAfterSeconds });
    });

  const rows = (): Promise<{ id: string }[]> => database.dataSource.query('SELECT id FROM ephemeral_keys');
  const handedOut = (): Promise<string> => world.addHandedOut(PAIR.privateKey);

  it('carry texts of any script, several under one key', async () => {
    const texts = ['p4ssword', 'пароль ключа 🔑', '\uFEFFstays', '', 'x'.repeat(318)];
    const sent = await Promise.all(texts.map((text) => encrypt(text)));
    expect(await keys.decrypt(await handedOut(), sent)).toEqual(texts);
  });

  it.each(oaepVectors().map((vector) => [vector.name, vector] as const))(
    'Wycheproof %s',
    async (_, vector) => {
      const id = await world.addHandedOut(vector.privateKey);
      const outcome = await outcomeOf(keys.decrypt(id, [vector.ciphertext]));
      expect(outcome).toEqual(vector.text === undefined ? refusal : [vector.text]);
      expect(await rows()).toEqual([]);
    },
  );

  it('is tried with vectors of both kinds', () => {
    const readable = oaepVectors().filter(({ text }) => text !== undefined);
    expect([readable.length, oaepVectors().length]).toEqual([8, 37]);
  });

  it.each<[string, () => Promise<string[]>]>([
    ['another key', async () => [await encrypt('x', newPair().publicKey)]],
    ['a label', async () => [await encrypt('x', PAIR.publicKey, Buffer.from('label'))]],
    ['no UTF-8', async () => [await encrypt(Buffer.from([0x61, 0xff]))]],
    ['an encoded surrogate', async () => [await encrypt(Buffer.from([0xed, 0xa0, 0x80]))]],
    ['NUL', async () => [await encrypt('a\0b')]],
    ['nothing', async () => ['']],
    ['no base64', async () => ['ä'.repeat(512)]],
    ['base64 of another alphabet', async () => [`${(await encrypt('x')).slice(0, 511)}_`]],
    ['a line break', async () => [`${await encrypt('x')}\n`]],
    ['more than the modulus', async () => [Buffer.alloc(384, 0xff).toString('base64')]],
    ['one of two', async () => [await encrypt('x'), Buffer.alloc(384, 7).toString('base64')]],
  ])('refuse %s like an unknown key, and are gone all the same', async (_, ciphertexts) => {
    const id = await handedOut();
    expect(await outcomeOf(keys.decrypt(id, await ciphertexts()))).toBe(refusal);
    expect(await outcomeOf(keys.decrypt(id, [await encrypt('x')]))).toBe(refusal);
    expect(await rows()).toEqual([]);
  });

  it.each(['', 'eph_key_123', 'eph_\0', `eph_${'0'.repeat(26)}`, '\uD800', 'x'.repeat(10_000)])(
    'refuse the id %j like any other',
    async (id) => {
      expect(await outcomeOf(keys.decrypt(id, [await encrypt('x')]))).toBe(refusal);
    },
  );

  it('work until their time is over, by the clock of the database', async () => {
    const sent = [await encrypt('x')];
    const late = await world.addHandedOut(PAIR.privateKey, PAIR.publicKey, 300);
    const early = await world.addHandedOut(PAIR.privateKey, PAIR.publicKey, 290);
    expect(await outcomeOf(keys.decrypt(late, sent))).toBe(refusal);
    expect(await keys.decrypt(early, sent)).toEqual(['x']);
  });

  it('work for nobody before they were handed out, and stay in the pool', async () => {
    const id = await world.add(PAIR.privateKey);
    expect(await outcomeOf(keys.decrypt(id, [await encrypt('x')]))).toBe(refusal);
    expect(await rows()).toEqual([{ id }]);
  });

  it('work once, however many use them at the same moment in however many processes', async () => {
    const id = await handedOut();
    const sent = [await encrypt('x')];
    const processes = [keys, world.process(), keys, world.process()];
    const uses = Array.from({ length: 100 }, (_, index) =>
      outcomeOf((processes[index % 4] ?? keys).decrypt(id, sent)),
    );
    const outcomes = await Promise.all(uses);
    expect(outcomes.filter((outcome) => Array.isArray(outcome))).toEqual([['x']]);
    expect(new Set(outcomes.filter((outcome) => !Array.isArray(outcome)))).toEqual(new Set([refusal]));
  });

  it('stay used when the transaction that used them rolls back', async () => {
    const id = await handedOut();
    const abandoned = world.unitOfWork.run(async () => {
      await keys.decrypt(id, [await encrypt('x')]);
      throw new Error('rolled back');
    });
    await expect(abandoned).rejects.toThrow('rolled back');
    expect(await rows()).toEqual([]);
  });

  it('go to one client each, the oldest first, and are refused when none is left', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 40; n++)
      ids.push(await world.add(Buffer.from('private'), Buffer.from(`public ${n}`)));
    const processes = Array.from({ length: 4 }, () => world.process());
    const calls = Array.from({ length: 50 }, (_, index) => processes[index % 4]?.handOut());
    const settled = await Promise.allSettled(calls);
    const given = settled.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
    expect(given.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const { id, publicKey } of given) expect(publicKey.toString()).toBe(`public ${ids.indexOf(id)}`);
    for (const one of settled.filter(({ status }) => status === 'rejected')) {
      expect(one).toMatchObject({ reason: { code: 'EPHEMERAL_KEYS_EXHAUSTED', retryAfterSeconds: 2 } });
    }
    const again = await world.add(Buffer.from('private'));
    expect((await keys.handOut()).id).toBe(again);
  });

  it('begin their 300 seconds when they are handed out', async () => {
    await world.add(PAIR.privateKey);
    const [{ now }] = await database.dataSource.query('SELECT now()');
    const { expiresAt } = await keys.handOut();
    expect(expiresAt.getTime() - now.getTime()).toBeGreaterThanOrEqual(300_000);
    expect(expiresAt.getTime() - now.getTime()).toBeLessThan(310_000);
  });

  it('are swept when their time is over, and not before', async () => {
    const waiting = await world.add(PAIR.privateKey);
    const given = await handedOut();
    await world.addHandedOut(PAIR.privateKey, PAIR.publicKey, 301);
    await new EphemeralKeysSweeper(world.unitOfWork, world.repository).run();
    expect((await rows()).map(({ id }) => id).sort()).toEqual([waiting, given].sort());
  });
});
