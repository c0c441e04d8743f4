import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMasterKey, PURPOSES } from '../crypto/testing/test-keys.js';
import { TestTenants } from '../crypto/testing/test-tenant.js';
import { loadSettings } from '../platform/config/settings.js';
import { MIGRATIONS } from '../platform/database/data-source.js';
import { TestDatabase } from '../platform/database/testing/test-database.js';
import { setUpInstance } from './set-up.js';

/** Everything a schema is made of, in one text for each object. */
const SCHEMA = `
  SELECT format('%s.%s %s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable,
                coalesce(column_default, identity_generation)) AS object
    FROM information_schema.columns WHERE table_schema IN ('public', 'bullmq')
  UNION ALL
  SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'bullmq')
  UNION ALL
  SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
   WHERE connamespace IN ('public'::regnamespace) AND conrelid <> 0
  UNION ALL
  SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
  ORDER BY 1`;

const FIRST_PURPOSES = ['audit_logs', 'users'];

describe('a database of the first release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-upgrade-'));
  const masterKey = randomBytes(32).toString('hex');
  const databases: TestDatabase[] = [];

  const settingsFor = (database: TestDatabase) =>
    loadSettings({
      DATABASE_URL: database.url,
      REDOUBT_DATA_DIR: folder,
      REDOUBT_MASTER_KEY: masterKey,
      REDOUBT_ADMIN_KEY: `sk_live_${'a'.repeat(38)}`,
    });

  async function newDatabase(): Promise<TestDatabase> {
    const database = await TestDatabase.start([]);
    for (const _ of MIGRATIONS) await database.dataSource.undoLastMigration();
    await database.dataSource.query('DROP SCHEMA bullmq CASCADE');
    databases.push(database);
    return database;
  }

  afterAll(async () => {
    for (const database of databases) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const schemaOf = async (database: TestDatabase): Promise<string[]> =>
    (await database.dataSource.query(SCHEMA)).map(({ object }: { object: string }) => object);

  const purposesOf = async (database: TestDatabase, organizationId: string): Promise<string[]> =>
    (
      await database.dataSource.query(
        'SELECT purpose FROM data_keys WHERE organization_id = $1 ORDER BY purpose',
        [organizationId],
      )
    ).map(({ purpose }: { purpose: string }) => purpose);

  it('becomes what a fresh one is, keeps what it held, and gives tenants the keys they lack', async () => {
    const [fresh, old] = [await newDatabase(), await newDatabase()];
    await setUpInstance(settingsFor(fresh));

    await old.dataSource.runMigrations();
    for (const _ of MIGRATIONS.slice(1)) await old.dataSource.undoLastMigration();
    const tenants = new TestTenants(old.dataSource, loadMasterKey(settingsFor(old), false));
    const tenant = await tenants.addOld();
    await old.dataSource.query('DELETE FROM data_keys WHERE purpose <> ALL ($1::text[])', [FIRST_PURPOSES]);
    const place = { organizationId: tenant.organizationId, table: 'users', id: tenant.userId, version: 1 };
    const sealed = await tenant.sealer.seal(place, Buffer.from('Ada'), old.dataSource.manager);
    expect(await purposesOf(old, tenant.organizationId)).toEqual(FIRST_PURPOSES);

    await setUpInstance(settingsFor(old));
    expect(await schemaOf(old)).toEqual(await schemaOf(fresh));
    expect((await schemaOf(fresh)).length).toBeGreaterThan(150);
    expect(await purposesOf(old, tenant.organizationId)).toEqual([...PURPOSES].sort());
    expect((await tenants.sealer().open(place, sealed, old.dataSource.manager)).toString()).toBe('Ada');
  });

  it('is left as it is by a second set-up', async () => {
    const [, old] = databases;
    if (!old) throw new Error('the first test made no database');
    const before = await schemaOf(old);
    const keys = await old.dataSource.query('SELECT id FROM data_keys ORDER BY id');
    await setUpInstance(settingsFor(old));
    expect(await schemaOf(old)).toEqual(before);
    expect(await old.dataSource.query('SELECT id FROM data_keys ORDER BY id')).toEqual(keys);
  });
});
