import { TestDatabase } from '../platform/database/testing/test-database.js';
import { INSTANCE_PURPOSES } from './purposes.js';
import { TestTenants } from './testing/test-tenant.js';
import { OpenError } from './xaes.js';

describe('the sealer of the instance', () => {
  let database: TestDatabase;
  let tenants: TestTenants;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    tenants = new TestTenants(database.dataSource);
  });
  afterAll(() => database.stop());

  it('opens in one process what another sealed, and only in its own place', async () => {
    const db = database.dataSource.manager;
    const place = { table: 'ephemeral_keys', id: 'eph_1', version: 1 };
    const sealed = await (await tenants.instanceSealer()).seal(place, Buffer.from('private half'), db);
    const reader = await tenants.instanceSealer();
    expect((await reader.open(place, sealed, db)).toString()).toBe('private half');
    const elsewhere = [
      { ...place, table: 'other' },
      { ...place, id: 'eph_2' },
      { ...place, version: 2 },
    ];
    for (const other of elsewhere) await expect(reader.open(other, sealed, db)).rejects.toThrow(OpenError);
  });

  it('makes one key for each purpose, however many processes start at once', async () => {
    await Promise.all([tenants.instanceSealer(), tenants.instanceSealer(), tenants.instanceSealer()]);
    const sql = 'SELECT purpose, version FROM instance_keys ORDER BY purpose';
    const wanted = [...INSTANCE_PURPOSES].sort().map((purpose) => ({ purpose, version: 1 }));
    expect(await database.dataSource.query(sql)).toEqual(wanted);
  });

  it('opens no wrapped key that was moved to another row', async () => {
    await tenants.instanceSealer();
    const db = database.dataSource.manager;
    await db.query(
      `INSERT INTO instance_keys (id, purpose, version, master_key_id, wrapped)
       SELECT 'ikey_moved', purpose, 2, master_key_id, wrapped FROM instance_keys
        WHERE version = 1 AND purpose = 'ephemeral_keys'`,
    );
    const place = { table: 'ephemeral_keys', id: 'eph_1', version: 1 };
    await expect((await tenants.instanceSealer()).seal(place, Buffer.from('x'), db)).rejects.toThrow(
      OpenError,
    );
  });
});
