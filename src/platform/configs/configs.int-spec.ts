import { setTimeout as sleep } from 'node:timers/promises';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import type { Settings } from '../config/settings.js';
import { TestDatabase } from '../database/testing/test-database.js';
import { type Tx, UnitOfWork } from '../database/unit-of-work.js';
import { defaultConfigs } from './config-values.js';
import { ConfigVault } from './config-vault.js';
import { ConfigsRepository } from './configs.repository.js';
import { Configs } from './configs.service.js';

/** Sealing is the crypto module's; that it happens is what matters here. */
class TestVault extends ConfigVault {
  constructor(
    private readonly tenants: TestTenants,
    private readonly db: Tx,
  ) {
    super();
  }

  async seal(name: string, plaintext: string): Promise<Buffer> {
    const sealer = await this.tenants.instanceSealer();
    return sealer.seal({ table: 'configs', id: name, version: 1 }, Buffer.from(plaintext), this.db);
  }

  async open(name: string, sealed: Buffer): Promise<string> {
    const sealer = await this.tenants.instanceSealer();
    return (await sealer.open({ table: 'configs', id: name, version: 1 }, sealed, this.db)).toString();
  }
}

describe('configs', () => {
  const repository = new ConfigsRepository();
  let database: TestDatabase;
  let tenants: TestTenants;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());

  const vault = (): TestVault => new TestVault(tenants, database.dataSource.manager);
  /** As another process has it. */
  const open = (HOST = '127.0.0.1'): Configs =>
    new Configs(repository, vault(), database.dataSource, { HOST } as Settings);
  const write = (configs: Configs, name: 'registration' | 'smtp_url', value: unknown, sealed?: Buffer) =>
    new UnitOfWork(database.dataSource).run(async (tx) => {
      await repository.put({ name, value, valueSealed: sealed ?? null }, 'user_test', tx);
      configs.forgetAfter(tx);
    });

  it('are seen at once by who changed them, and within a second by every other process', async () => {
    const [here, there] = [open(), open()];
    expect([await here.get('registration'), await there.get('registration')]).toEqual(['open', 'open']);
    await write(here, 'registration', 'closed');
    expect(await here.get('registration')).toBe('closed');
    await sleep(1_000);
    expect(await there.get('registration')).toBe('closed');
  });

  it('are read once for many who ask at the same moment', async () => {
    const configs = open();
    const list = jest.spyOn(repository, 'list');
    await Promise.all(Array.from({ length: 50 }, () => configs.get('maintenance')));
    expect(list).toHaveBeenCalledTimes(1);
    list.mockRestore();
  });

  it('keep a secret sealed', async () => {
    const configs = open();
    const secret = 'smtp://user:zaqvorix@mail.example.org';
    await write(configs, 'smtp_url', undefined, await vault().seal('smtp_url', secret));
    expect(await configs.get('smtp_url')).toBe(secret);
    const [row] = await database.dataSource.query(`SELECT * FROM configs WHERE name = 'smtp_url'`);
    expect(row.value).toBeNull();
    expect(Buffer.from(row.value_sealed).includes('zaqvorix')).toBe(false);
  });

  it('go on as they were while the database is away', async () => {
    const configs = open();
    await configs.get('registration');
    const list = jest.spyOn(repository, 'list').mockRejectedValue(new Error('away'));
    await sleep(1_000);
    expect(await configs.get('registration')).toBe('closed');
    await expect(open().get('registration')).rejects.toThrow('away');
    list.mockRestore();
  });

  it.each([
    ['127.0.0.1', 'open'],
    ['::1', 'open'],
    ['localhost', 'open'],
    ['0.0.0.0', 'invitation'],
    ['10.0.0.1', 'invitation'],
    ['::', 'invitation'],
  ])('let who reaches %s register: %s', (HOST, registration) => {
    expect(defaultConfigs({ HOST }).registration).toBe(registration);
  });
});
