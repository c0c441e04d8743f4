import { TestDatabase } from '../platform/database/testing/test-database.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { KeyRingRepository } from './key-ring.repository.js';
import { MasterKeys } from './master-keys.js';
import { SealerService } from './sealer.service.js';
import { TenantKeysService } from './tenant-keys.service.js';
import { TestKeys } from './testing/test-keys.js';
import { OpenError } from './xaes.js';

const master = MasterKeys.of({ id: 'mkey_test', key: Buffer.alloc(32, 7), source: 'a test' });

describe('the end of an organization’s keys', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    await database.dataSource.transaction(async (tx) => {
      const { keyRing } = new TestKeys(master);
      await keyRing.adoptMasterKey(tx);
      for (const id of ['org_1', 'org_2']) {
        await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $1)', [id]);
        await keyRing.createOrganizationKeys(id, tx);
      }
    });
  });
  afterAll(() => database.stop());

  it('holds for the process that ends them at once, and not before it has committed', async () => {
    const { manager } = database.dataSource;
    const { keyRing } = new TestKeys(master);
    const sealer = new SealerService(keyRing);
    const keys = new TenantKeysService(new KeyRingRepository(), keyRing);
    const unit = new UnitOfWork(database.dataSource);
    const place = (organizationId: string) => ({ organizationId, table: 'users', id: 'user_1', version: 1 });
    const [ours, theirs] = [place('org_1'), place('org_2')];
    const sealed = await sealer.seal(ours, Buffer.from('Ada'), manager);
    const others = await sealer.seal(theirs, Buffer.from('Bob'), manager);

    const rolledBack = unit.run(async (tx) => {
      await keys.destroy('org_1', tx);
      throw new Error('a later step');
    });
    await expect(rolledBack).rejects.toThrow('a later step');
    expect(String(await sealer.open(ours, sealed, manager))).toBe('Ada');

    await unit.run((tx) => keys.destroy('org_1', tx));
    for (const reader of [sealer, new SealerService(new TestKeys(master).keyRing)]) {
      await expect(reader.open(ours, sealed, manager)).rejects.toThrow(OpenError);
      await expect(reader.seal(ours, Buffer.from('Eve'), manager)).rejects.toThrow('no data key');
      expect(String(await reader.open(theirs, others, manager))).toBe('Bob');
    }
    const left = await manager.query(
      "SELECT FROM organization_keys WHERE organization_id = 'org_1' UNION ALL SELECT FROM data_keys WHERE organization_id = 'org_1'",
    );
    expect(left).toEqual([]);
  });
});
