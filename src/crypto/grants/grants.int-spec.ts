import { randomBytes } from 'node:crypto';
import { TestDatabase } from '../../platform/database/testing/test-database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { testGrants } from '../testing/test-grants.js';
import { type TestTenant, TestTenants } from '../testing/test-tenant.js';
import { OpenError } from '../xaes.js';
import { GrantsRepository } from './grants.repository.js';
import type { Grants } from './grants.service.js';
import { GrantsSweeper } from './grants.sweeper.js';

const EXPIRED = { code: 'GRANT_EXPIRED' };
const HOUR_MS = 3_600_000;

describe('grants', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  let tenants: TestTenants;
  let tenant: TestTenant;
  let grants: Grants;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
    unitOfWork = new UnitOfWork(database.dataSource);
    tenants = new TestTenants(database.dataSource);
    tenant = await tenants.add();
  });
  afterAll(() => database.stop());
  beforeEach(async () => {
    await database.dataSource.query('DELETE FROM grants');
    // As another process that knows no key yet.
    grants = testGrants(await tenants.instanceSealer());
  });

  /** A file, as far as a grant needs one. */
  async function addFile({ organizationId, userId } = tenant): Promise<string> {
    const [projectId, documentId, fileId] = [newId('proj'), newId('doc'), newId('file')];
    await unitOfWork.run(async (tx) => {
      await tx.query('INSERT INTO projects (id, organization_id, name, created_by) VALUES ($1, $2, $3, $4)', [
        ...[projectId, organizationId, projectId, userId],
      ]);
      await tx.query(
        `INSERT INTO documents (id, organization_id, project_id, file_id, name_sealed, name_lookup, format, size, status,
                                redaction_status, created_by)
         VALUES ($1, $2, $3, $4, '', '', 'txt', 1, 'uploaded', 'none', $5)`,
        [documentId, organizationId, projectId, fileId, userId],
      );
      await tx.query(
        `INSERT INTO files (id, organization_id, project_id, document_id, kind, version, object_key, size, stored_size,
                            key_wrapped, digest_sealed, digest_lookup)
         VALUES ($1, $2, $3, $4, 'original', 1, $1, 1, 1, '', '', '')`,
        [fileId, organizationId, projectId, documentId],
      );
    });
    return fileId;
  }

  const give = (fileId: string, fileKey: Buffer, ms = HOUR_MS, documentPassword?: string): Promise<string> =>
    unitOfWork.run((tx) => {
      const secret = { fileKey, ...(documentPassword !== undefined && { documentPassword }) };
      return grants.give(
        { organizationId: tenant.organizationId, fileId },
        secret,
        new Date(Date.now() + ms),
        tx,
      );
    });
  const open = (fileId: string, grantId: string, { organizationId } = tenant) =>
    testGrants(tenant.instanceSealer).open({ organizationId, fileId, grantId }, database.dataSource.manager);
  const rows = (): Promise<{ id: string; sealed: Buffer }[]> =>
    database.dataSource.query('SELECT id, sealed FROM grants ORDER BY id');

  it.each([undefined, '', 'пароль 🔑'])(
    'open in another process, with the document’s password %j',
    async (password) => {
      const [fileId, fileKey] = [await addFile(), randomBytes(32)];
      const grantId = await give(fileId, fileKey, HOUR_MS, password);
      expect(grantId).toMatch(/^grant_[0-9a-z]{26}$/);
      expect(await open(fileId, grantId)).toEqual({
        fileKey,
        ...(password !== undefined && { documentPassword: password }),
      });
      const stored = Buffer.concat((await rows()).map(({ sealed }) => sealed));
      expect(stored.includes(fileKey)).toBe(false);
      if (password) expect(stored.includes(password)).toBe(false);
    },
  );

  it('are of no use to another tenant, for another file, or under another id', async () => {
    const [one, two] = [await addFile(), await addFile()];
    const grantId = await give(one, randomBytes(32));
    await expect(open(one, grantId, await tenants.add())).rejects.toMatchObject(EXPIRED);
    await expect(open(two, grantId)).rejects.toMatchObject(EXPIRED);
    await expect(open(one, newId('grant'))).rejects.toMatchObject(EXPIRED);
  });

  it('do not open where a row was moved to: another file, id or tenant', async () => {
    const [one, two, other] = [await addFile(), await addFile(), await tenants.add()];
    const [first, second] = [await give(one, randomBytes(32)), await give(two, randomBytes(32))];
    await database.dataSource.query(
      'UPDATE grants g SET sealed = o.sealed FROM grants o WHERE g.id = $1 AND o.id = $2',
      [first, second],
    );
    await expect(open(one, first)).rejects.toThrow(OpenError);
    await database.dataSource.query('UPDATE grants SET file_id = $1 WHERE id = $2', [one, second]);
    await expect(open(one, second)).rejects.toThrow(OpenError);
    await database.dataSource.query('UPDATE grants SET file_id = $1, organization_id = $2 WHERE id = $3', [
      ...[two, other.organizationId, second],
    ]);
    await expect(open(two, second, other)).rejects.toThrow(OpenError);
  });

  it('end with their time, and are swept then', async () => {
    const fileId = await addFile();
    const [over, good] = [await give(fileId, randomBytes(32), -1), await give(fileId, randomBytes(32))];
    await expect(open(fileId, over)).rejects.toMatchObject(EXPIRED);
    await new GrantsSweeper(unitOfWork, new GrantsRepository()).run();
    expect((await rows()).map(({ id }) => id)).toEqual([good]);
    await open(fileId, good);
  });

  it('end when they are withdrawn, by their own tenant alone, or with their file', async () => {
    const [one, two] = [await addFile(), await addFile()];
    const [first, second] = [await give(one, randomBytes(32)), await give(two, randomBytes(32))];
    const other = await tenants.add();
    const withdraw = (organizationId: string, ids: string[]): Promise<void> =>
      unitOfWork.run((tx) => grants.withdraw(organizationId, ids, tx));
    await withdraw(other.organizationId, [first, second]);
    expect(await rows()).toHaveLength(2);
    await withdraw(tenant.organizationId, [first, newId('grant')]);
    await withdraw(tenant.organizationId, []);
    expect((await rows()).map(({ id }) => id)).toEqual([second]);
    await database.dataSource.query('DELETE FROM files WHERE id = $1', [two]);
    expect(await rows()).toEqual([]);
    await expect(open(two, second)).rejects.toMatchObject(EXPIRED);
  });

  it('are given for files that are there, with keys that can be some', async () => {
    await expect(give(newId('file'), randomBytes(32))).rejects.toThrow(/foreign key/);
    await expect(give(await addFile(), randomBytes(31))).rejects.toThrow('32 bytes');
    expect(await rows()).toEqual([]);
  });
});
