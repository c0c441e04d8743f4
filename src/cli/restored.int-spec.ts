import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogWorld } from '../audit/testing/log-world.js';
import { loadSettings } from '../platform/config/settings.js';
import { setUpInstance } from './set-up.js';

describe('a start beside the checkpoint of another state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-restored-'));
  const file = join(folder, 'elsewhere');
  const masterKey = randomBytes(32).toString('hex');
  const worlds: LogWorld[] = [];

  /** Databases that share what lies outside, as copies of one do. */
  async function newWorld(): Promise<LogWorld> {
    const world = await LogWorld.start(masterKey);
    worlds.push(world);
    return world;
  }
  const start = ({ database }: LogWorld, more: NodeJS.ProcessEnv = {}) =>
    setUpInstance(
      loadSettings({
        DATABASE_URL: database.url,
        REDOUBT_DATA_DIR: folder,
        REDOUBT_MASTER_KEY: masterKey,
        REDOUBT_ADMIN_KEY: `sk_live_${'a'.repeat(38)}`,
        REDOUBT_CHECKPOINT_FILE: file,
        ...more,
      }),
    );
  const ledger = () => join(folder, 'ledger', 'checkpoints', 'instance');
  const code = () => {
    const [, , root = ''] = readFileSync(ledger(), 'utf8').split('\n');
    return Buffer.from(root, 'base64').toString('hex').slice(0, 16);
  };
  /** Lets the log come to so many heads, and puts its checkpoint outside. */
  async function work(world: LogWorld, rounds: number): Promise<void> {
    const [tenant] = [await world.tenants.add()];
    for (let round = 0; round < rounds; round += 1) {
      await world.write(tenant, 1);
      await world.sequence();
    }
    await world.publisher(folder, file).publish();
  }

  afterAll(async () => {
    for (const world of worlds) await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is fine where there is none, and where it is behind the database or even with it', async () => {
    const world = await newWorld();
    await start(world);
    await work(world, 5);
    await start(world);
    const outside = readFileSync(ledger());
    expect(readFileSync(file)).toEqual(outside);
    await world.write(await world.tenants.add(), 1);
    await world.sequence();
    await start(world);
    expect(readFileSync(ledger())).toEqual(outside);
  });

  it('is fine where the database has all of it, whatever the log says of itself', async () => {
    const [world] = worlds;
    if (!world) throw new Error('the test before made no database');
    const [{ size, edge }] = (await world.query(
      'SELECT size, edge FROM audit_trees WHERE organization_id IS NULL',
    )) as [{ size: string; edge: Buffer }];
    const change = 'UPDATE audit_trees SET size = $1, edge = $2 WHERE organization_id IS NULL';
    await world.query(change, [1, Buffer.alloc(32)]);
    const outside = readFileSync(ledger());
    await start(world);
    expect(readFileSync(ledger())).toEqual(outside);
    await world.query(change, [size, edge]);
  });

  it('is refused with an empty database, and does nothing to it', async () => {
    const empty = await newWorld();
    await expect(start(empty)).rejects.toThrow(
      'The database is empty, although this installation had one before.',
    );
    await expect(start(empty)).rejects.toThrow(`REDOUBT_ACCEPT_RESTORED=${code()}`);
    await expect(start(empty, { REDOUBT_ACCEPT_RESTORED: 'f'.repeat(16) })).rejects.toThrow('empty');
    expect(await empty.query('SELECT FROM organizations')).toHaveLength(0);
  });

  it('is accepted for one case alone, which is entered in the log, and goes on from there', async () => {
    const [, restored] = worlds;
    if (!restored) throw new Error('the test before made no database');
    const accepted = code();
    const givenUp = readFileSync(ledger());
    await start(restored, { REDOUBT_ACCEPT_RESTORED: accepted });
    expect(
      await restored.query("SELECT counts, actor_id FROM audit_logs WHERE action = 'audit_log.restored'"),
    ).toEqual([{ counts: { expected_size: 6, found_size: 0 }, actor_id: 'set-up' }]);
    expect(readFileSync(join(folder, 'ledger', 'checkpoints', `given_up_${accepted}`))).toEqual(givenUp);
    await start(restored);
    await start(restored, { REDOUBT_ACCEPT_RESTORED: accepted });
    expect(await restored.query("SELECT FROM audit_logs WHERE action = 'audit_log.restored'")).toHaveLength(
      1,
    );
    await work(restored, 3);
    await start(restored);
  });

  it('is refused with one that has less, or something else', async () => {
    const [first, second] = worlds;
    if (!first || !second) throw new Error('the tests before made no databases');
    await expect(start(first)).rejects.toThrow('The database has another history');
    await work(second, 4);
    await expect(start(first)).rejects.toThrow('older copy: its audit log has');
  });

  it('believes the file as well as the ledger, and takes neither for what it is not', async () => {
    const [first, second] = worlds;
    if (!first || !second) throw new Error('the tests before made no databases');
    rmSync(ledger());
    await expect(start(first)).rejects.toThrow(`the file ${file}`);
    writeFileSync(file, 'x');
    await expect(start(second)).rejects.toThrow(`What lies in the file ${file} is no checkpoint`);
    rmSync(file);
    await start(first);
  });
});
