import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/argon2';
import { ENTITIES } from '../entities.js';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { AppError } from '../platform/errors/app-error.js';
import type { PasswordTurn } from './password-desk.service.js';
import { COST, hashPassword, isOutdated, verifyPassword } from './password-hash.js';
import { openAccountWorld, originFrom } from './testing/account-world.js';

const PASSWORD = 'violet umbrella at dawn';
const parametersOf = (stored: string): string => stored.split('$').slice(0, 4).join('$');

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('logging in', () => {
  let database: TestDatabase;
  let world: Awaited<ReturnType<typeof openAccountWorld>>;
  let storedHash: string;

  beforeAll(async () => {
    database = await TestDatabase.start(ENTITIES);
    world = await openAccountWorld(database);
    storedHash = await hashPassword(PASSWORD);
  });
  afterAll(() => database.stop());

  const turn: PasswordTurn = { hash: hashPassword, verify: verifyPassword };
  const tryIt = (email: string, password: string, address: string) =>
    world.logins.check({ email, password }, originFrom(address), turn);

  /** What a login that fails asks of the database and of the processor. */
  async function wayOf(email: string, address: string) {
    const verify = jest.fn(async (_stored: string, _password: string) => false);
    const query = jest.spyOn(database.dataSource.manager, 'query');
    const outcome = await world.logins.check({ email, password: 'wrong' }, originFrom(address), {
      ...turn,
      verify,
    });
    const statements = query.mock.calls.map(([sql]) => sql);
    query.mockRestore();
    return { outcome, statements, hashes: verify.mock.calls.map(([stored]) => parametersOf(stored)) };
  }

  it('takes the same way for an unknown account, one without password, and a wrong password', async () => {
    await world.addUser('known', storedHash);
    await world.addUser('passwordless', null);
    await wayOf('known@example.org', '192.0.2.1');
    const known = await wayOf('known@example.org', '192.0.2.2');
    const others = [
      await wayOf('nobody@example.org', '192.0.2.3'),
      await wayOf('passwordless@example.org', '192.0.2.4'),
    ];
    expect(known.outcome).toMatchObject({ failed: { organizationId: world.organizationId } });
    expect(others[0]?.outcome).toEqual({ failed: undefined });
    expect(known.statements).toHaveLength(2);
    expect(known.hashes).toEqual([
      `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
    ]);
    for (const other of others) {
      expect(other.statements).toEqual(known.statements);
      expect(other.hashes).toEqual(known.hashes);
    }
  });

  it('lets five guesses of any number that come at once pass, from one network for one account', async () => {
    await world.addUser('guessed', storedHash);
    const guesses = Array.from({ length: 60 }, () =>
      codeOf(tryIt('guessed@example.org', 'wrong', '198.51.100.1')),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(5);
    expect(outcomes.filter((code) => code === 'RATE_LIMIT_EXCEEDED')).toHaveLength(55);
    // Those who guess cannot lock the owner out, who is elsewhere.
    const login = await tryIt('GUESSED@example.org ', PASSWORD, '203.0.113.1');
    expect(login).toMatchObject({ organizationId: world.organizationId });
    await sleep(1_100);
    expect(await codeOf(tryIt('guessed@example.org', 'wrong', '198.51.100.1'))).toBe('done');
  });

  const subject = async (address: string, email: string) =>
    world.lookups.attempts('account', await world.lookups.email(email), address);
  const countOf = async (digest: Buffer) =>
    (
      await database.dataSource.query(
        `SELECT failures, extract(epoch FROM blocked_until - failed_at)::int AS seconds FROM login_attempts WHERE subject = $1`,
        [digest],
      )
    )[0];
  /** Ends a delay. The last failure counts as a minute ahead, so that a slow test forgets nothing of it: a tenth of one more. */
  const letGo = (digest: Buffer, forgetSeconds = 0) =>
    database.dataSource.query(
      `UPDATE login_attempts SET blocked_until = now(),
              failed_at = clock_timestamp() + make_interval(secs => 60 - $2::int),
              failures = round(failures / 1000.0) * 1000 WHERE subject = $1`,
      [digest, forgetSeconds],
    );

  it('doubles the delay with each failure, to 15 minutes, and forgets one in ten', async () => {
    const digest = await subject('198.51.100.2', 'stubborn@example.org');
    const delays: number[] = [];
    for (let failure = 0; failure < 18; failure += 1) {
      await tryIt('stubborn@example.org', 'wrong', '198.51.100.2');
      delays.push((await countOf(digest)).seconds);
      await letGo(digest);
    }
    expect(delays).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    await letGo(digest, 12 * 600);
    await tryIt('stubborn@example.org', 'wrong', '198.51.100.2');
    expect((await countOf(digest)).seconds).toBeLessThanOrEqual(4);
    expect((await countOf(digest)).failures).toBeLessThanOrEqual(7_000);
  });

  it('forgets the pair by the right password, and counts nothing for its site', async () => {
    await world.addUser('forgetful', storedHash);
    const [email, address] = ['forgetful@example.org', '198.51.100.3'];
    for (let failure = 0; failure < 4; failure += 1) await tryIt(email, 'wrong', address);
    const login = await tryIt(email, PASSWORD, address);
    if ('failed' in login) throw new Error('the right password was refused');
    const issued = await world.unitOfWork.run((tx) => world.logins.start(login, originFrom(address), tx));
    expect(issued.token).toMatch(/^[0-9a-f]{40}$/);
    expect(await countOf(await subject(address, email))).toBeUndefined();
    expect((await countOf(await world.lookups.attempts('site', address))).failures).toBeGreaterThan(3_000);
    expect((await countOf(await world.lookups.attempts('site', address))).failures).toBeLessThanOrEqual(
      4_000,
    );
  });

  it('counts all accounts of a site together, of IPv6 each /56', async () => {
    const outcomes: string[] = [];
    for (let guess = 0; guess < 104; guess += 1) {
      const address = `2001:db8:1:${(guess % 200).toString(16).padStart(2, '0')}::1`;
      outcomes.push(await codeOf(world.attempts.take(Buffer.from(`account ${guess}`), address)));
    }
    expect(outcomes.indexOf('RATE_LIMIT_EXCEEDED')).toBeGreaterThanOrEqual(99);
    expect(outcomes.at(-1)).toBe('RATE_LIMIT_EXCEEDED');
    expect(await codeOf(world.attempts.take(Buffer.from('account'), '2001:db8:1:100::1'))).toBe('done');
  });

  it('says that an account is disabled after the right password alone', async () => {
    const id = await world.addUser('barred', storedHash);
    await database.dataSource.query('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await codeOf(tryIt('barred@example.org', PASSWORD, '198.51.100.4'))).toBe('ACCOUNT_DISABLED');
    expect(await tryIt('barred@example.org', 'wrong', '198.51.100.4')).toHaveProperty('failed');
  });

  it('hashes a password anew that was hashed at another cost, and not when it was changed meanwhile', async () => {
    const cheap = await hash(PASSWORD, { memoryCost: 8 * 1024, timeCost: 1, parallelism: 1 });
    const id = await world.addUser('outdated', cheap);
    const login = await tryIt('outdated@example.org', PASSWORD, '198.51.100.5');
    if ('failed' in login) throw new Error('the right password was refused');
    await world.unitOfWork.run((tx) => world.logins.start(login, originFrom('198.51.100.5'), tx));
    const [{ password_hash: now }] = await database.dataSource.query(
      'SELECT password_hash FROM users WHERE id = $1',
      [id],
    );
    expect([isOutdated(cheap), isOutdated(now), await verifyPassword(now, PASSWORD)]).toEqual([
      true,
      false,
      true,
    ]);
    const late = await tryIt('outdated@example.org', PASSWORD, '198.51.100.5');
    if ('failed' in late) throw new Error('the right password was refused');
    await database.dataSource.query('UPDATE users SET password_changed_at = now() WHERE id = $1', [id]);
    const start = world.unitOfWork.run((tx) => world.logins.start(late, originFrom('198.51.100.5'), tx));
    expect(await codeOf(start)).toBe('INVALID_CREDENTIALS');
  });

  it('lets one of many set a new password with one token, which ends every login', async () => {
    const id = await world.addUser('lost', storedHash);
    const issued = await world.unitOfWork.run((tx) => world.tokens.issue(id, undefined, tx));
    const { token } = await world.unitOfWork.run((tx) => world.resets.issueFor(id, tx));
    const other = await world.unitOfWork.run((tx) => world.resets.issueFor(id, tx));
    expect(await codeOf(world.resets.check(token, 'quartermaine1'))).toBe('VALIDATION_ERROR');
    await world.resets.check(token, 'another umbrella');
    const newHash = await hashPassword('another umbrella');
    const redeem = (secret: string) =>
      codeOf(world.unitOfWork.run((tx) => world.resets.redeem(secret, newHash, originFrom('192.0.2.9'), tx)));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => redeem(token)));
    expect(outcomes.filter((code) => code === 'done')).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'INVALID_RESET_TOKEN')).toHaveLength(19);
    expect(await redeem(other.token)).toBe('INVALID_RESET_TOKEN');
    const [row] = await database.dataSource.query('SELECT revoked_at FROM login_tokens WHERE id = $1', [
      issued.id,
    ]);
    expect(row.revoked_at).not.toBeNull();
  });

  it('seals a person anew for another home, where the old one opens nothing any more', async () => {
    const id = await world.addUser('mover', storedHash);
    const { organizationId: next } = await world.tenants.add();
    const { manager } = database.dataSource;
    const before = (await world.directory.find([id], manager)).get(id);
    await world.unitOfWork.run((tx) => world.homes.move(id, next, tx));
    const after = (await world.directory.find([id], manager)).get(id);
    expect(after).toMatchObject({
      organizationId: next,
      email: 'mover@example.org',
      fullName: 'Ignatius Quartermaine',
    });
    expect(before).toMatchObject({ organizationId: world.organizationId, email: 'mover@example.org' });
    expect((await world.directory.findByEmail('MOVER@example.org', manager))?.id).toBe(id);
    await database.dataSource.query('UPDATE users SET organization_id = $2 WHERE id = $1', [
      id,
      world.organizationId,
    ]);
    await expect(world.directory.find([id], manager)).rejects.toThrow();
  });
});
