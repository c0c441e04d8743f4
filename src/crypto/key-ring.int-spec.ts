import { randomBytes } from 'node:crypto';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { MasterKeys } from './master-keys.js';
import { SealerService } from './sealer.service.js';
import { TestKeys } from './testing/test-keys.js';
import { OpenError } from './xaes.js';

const master = (id: string) => ({ id, key: randomBytes(32), source: 'a test' });

describe('the key ring', () => {
  let database: TestDatabase;
  const mine = master('mkey_mine');
  const fresh = (key = mine) => new TestKeys(MasterKeys.of(key)).keyRing;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database.stop());

  async function newOrganization(): Promise<string> {
    const id = newId('org');
    await database.dataSource.transaction(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, 'Test']);
      await fresh().adoptMasterKey(tx);
      await fresh().createOrganizationKeys(id, tx);
    });
    return id;
  }

  it('opens in one process what another sealed, and only in its own place', async () => {
    const db = database.dataSource.manager;
    const [a, b] = [await newOrganization(), await newOrganization()];
    const place = { organizationId: a, table: 'users', id: 'user_1', version: 1 };
    const sealed = await new SealerService(fresh()).seal(place, Buffer.from('Ada'), db);
    const reader = new SealerService(fresh());
    expect((await reader.open(place, sealed, db)).toString()).toBe('Ada');
    const elsewhere = [
      { ...place, organizationId: b },
      { ...place, table: 'audit_logs' },
      { ...place, id: 'user_2' },
      { ...place, version: 2 },
    ];
    for (const other of elsewhere) await expect(reader.open(other, sealed, db)).rejects.toThrow(OpenError);
  });

  it('refuses a database that belongs to another master key, and says which key is wrong', async () => {
    await newOrganization();
    const other = fresh(master('mkey_other'));
    await expect(database.dataSource.transaction((tx) => other.adoptMasterKey(tx))).rejects.toThrow(
      /a test does not belong/,
    );
  });

  it('opens no wrapped key that was moved to another tenant or row', async () => {
    const db = database.dataSource.manager;
    const [a, b] = [await newOrganization(), await newOrganization()];
    await db.query(
      `UPDATE data_keys d SET wrapped = s.wrapped FROM data_keys s
        WHERE d.organization_id = $1 AND s.organization_id = $2 AND d.purpose = 'users' AND s.purpose = 'users'`,
      [a, b],
    );
    await expect(fresh().newestDataKey(a, 'users', db)).rejects.toThrow(OpenError);
    await db.query(
      `UPDATE data_keys d SET wrapped = s.wrapped FROM data_keys s
        WHERE d.organization_id = $1 AND s.organization_id = $1 AND d.purpose = 'users' AND s.purpose = 'audit_logs'`,
      [b],
    );
    await expect(fresh().newestDataKey(b, 'users', db)).rejects.toThrow(OpenError);
  });

  it('remembers a key of a transaction that committed', async () => {
    const ring = fresh();
    const id = newId('org');
    const made = await new UnitOfWork(database.dataSource).run(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, 'Test']);
      await ring.createOrganizationKeys(id, tx);
      return ring.newestDataKey(id, 'users', tx);
    });
    expect(await ring.newestDataKey(id, 'users', database.dataSource.manager)).toBe(made);
  });

  it('remembers no key of a transaction that was rolled back', async () => {
    const ring = fresh();
    const id = newId('org');
    const abandoned = database.dataSource.transaction(async (tx) => {
      await tx.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, 'Test']);
      await ring.createOrganizationKeys(id, tx);
      await ring.newestDataKey(id, 'users', tx);
      throw new Error('rolled back');
    });
    await expect(abandoned).rejects.toThrow('rolled back');
    await expect(ring.newestDataKey(id, 'users', database.dataSource.manager)).rejects.toThrow(/no data key/);
  });
});
