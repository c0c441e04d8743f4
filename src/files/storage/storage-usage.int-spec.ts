import fc from 'fast-check';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { StorageUsageRepository } from './storage-usage.repository.js';
import { StorageUsage } from './storage-usage.service.js';

const exceeded = { code: 'STORAGE_QUOTA_EXCEEDED', row: { status: 507 } };

describe('the use of storage', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    unitOfWork = new UnitOfWork(database.dataSource);
  });
  afterAll(() => database.stop());

  const usageUnder = (quota: number | undefined) =>
    new StorageUsage(new StorageUsageRepository(), { REDOUBT_STORAGE_QUOTA: quota });
  const db = () => database.dataSource.manager;

  async function organization(ownQuota?: number): Promise<string> {
    const id = newId('org');
    await db().query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [id, 'Test']);
    if (ownQuota !== undefined) {
      const insert = 'INSERT INTO storage_usage (organization_id, quota_bytes) VALUES ($1, $2)';
      await db().query(insert, [id, ownQuota]);
    }
    return id;
  }

  const charge = (usage: StorageUsage, id: string, bytes: number) =>
    unitOfWork.run((tx) => usage.charge(id, bytes, tx));
  const isCharged = (usage: StorageUsage, id: string, bytes: number) =>
    charge(usage, id, bytes).then(
      () => true,
      () => false,
    );

  it('is unlimited where nothing limits it, beyond 32 bits', async () => {
    const [usage, id] = [usageUnder(undefined), await organization()];
    expect(await usage.usage(id, db())).toEqual({ usedBytes: 0, quotaBytes: undefined });
    await charge(usage, id, 2 ** 45);
    await charge(usage, id, 1);
    expect(await usage.usage(id, db())).toEqual({ usedBytes: 2 ** 45 + 1, quotaBytes: undefined });
    await usage.assertRoom(id, 2 ** 50, db());
  });

  it('goes up to the quota and no byte beyond', async () => {
    const [usage, id] = [usageUnder(100), await organization()];
    await expect(charge(usage, id, 101)).rejects.toMatchObject(exceeded);
    await charge(usage, id, 60);
    await usage.assertRoom(id, 40, db());
    await expect(usage.assertRoom(id, 41, db())).rejects.toMatchObject(exceeded);
    await expect(charge(usage, id, 41)).rejects.toMatchObject(exceeded);
    await charge(usage, id, 40);
    await unitOfWork.run((tx) => usage.release(id, 60, tx));
    expect(await usage.usage(id, db())).toEqual({ usedBytes: 40, quotaBytes: 100 });
  });

  it("knows an organization's own quota, larger or smaller", async () => {
    const [larger, smaller, none] = [await organization(500), await organization(10), await organization(0)];
    const usage = usageUnder(100);
    await charge(usage, larger, 500);
    await expect(charge(usage, larger, 1)).rejects.toMatchObject(exceeded);
    await expect(charge(usage, smaller, 11)).rejects.toMatchObject(exceeded);
    await expect(charge(usage, none, 1)).rejects.toMatchObject(exceeded);
    await charge(usage, none, 0);
    expect(await usage.usage(larger, db())).toEqual({ usedBytes: 500, quotaBytes: 500 });
  });

  it('is taken back with its transaction', async () => {
    const [usage, id] = [usageUnder(100), await organization()];
    const failing = unitOfWork.run(async (tx) => {
      await usage.charge(id, 80, tx);
      throw new Error('a later step');
    });
    await expect(failing).rejects.toThrow('a later step');
    expect((await usage.usage(id, db())).usedBytes).toBe(0);
  });

  it('is kept apart by organization', async () => {
    const usage = usageUnder(100);
    const [one, other] = [await organization(), await organization()];
    await charge(usage, one, 100);
    await charge(usage, other, 100);
    await unitOfWork.run((tx) => usage.release(one, 100, tx));
    expect((await usage.usage(other, db())).usedBytes).toBe(100);
  });

  it('never goes beyond the quota, and is exact, however many write at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 12 }),
        async (sizes) => {
          const [usage, id] = [usageUnder(100), await organization()];
          const charged = await Promise.all(sizes.map((bytes) => isCharged(usage, id, bytes)));
          const sum = sizes.reduce((total, bytes, n) => total + (charged[n] ? bytes : 0), 0);
          expect(sum).toBeLessThanOrEqual(100);
          expect((await usage.usage(id, db())).usedBytes).toBe(sum);
          const refused = sizes.filter((_, n) => !charged[n]);
          for (const bytes of refused) expect(await isCharged(usage, id, bytes)).toBe(sum + bytes <= 100);
        },
      ),
      { numRuns: 20 },
    );
  });
});
