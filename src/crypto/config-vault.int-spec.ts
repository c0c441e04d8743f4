import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../platform/config/settings.js';
import { defaultConfigs } from '../platform/configs/config-values.js';
import { ConfigsRepository } from '../platform/configs/configs.repository.js';
import { Configs } from '../platform/configs/configs.service.js';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { InstanceConfigVault } from './config-vault.service.js';
import type { InstanceSealer } from './instance-sealer.service.js';
import { TestTenants } from './testing/test-tenant.js';

describe('configs', () => {
  const repository = new ConfigsRepository();
  let database: TestDatabase;
  let sealer: InstanceSealer;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    sealer = await new TestTenants(database.dataSource).instanceSealer();
  });
  afterAll(() => database.stop());

  const vault = (): InstanceConfigVault => new InstanceConfigVault(sealer);
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
    await write(
      configs,
      'smtp_url',
      undefined,
      await vault().seal('smtp_url', secret, database.dataSource.manager),
    );
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
