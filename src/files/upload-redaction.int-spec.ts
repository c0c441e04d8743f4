import { buffer } from 'node:stream/consumers';
import { TestTenants } from '../crypto/testing/test-tenant.js';
import { codeOf } from '../platform/errors/testing/code-of.js';
import { StorageWorld } from '../platform/storage/testing/storage-world.js';
import { DocumentWorld, REFUSED_PROCESSOR } from './testing/document-world.js';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

describe('uploads that are to be redacted', () => {
  let storage: StorageWorld;
  let tenants: TestTenants;
  let world: DocumentWorld;

  beforeAll(async () => {
    storage = await StorageWorld.start();
    tenants = new TestTenants(storage.database.dataSource);
  });
  afterAll(() => storage.stop());
  beforeEach(async () => {
    world = DocumentWorld.of(storage, await tenants.add());
  });

  const send = (
    projectId: string,
    fields: Record<string, string>,
    name = 'a.txt',
    bytes = Buffer.from('Ada'),
  ) => world.upload({ name, projectId, bytes, fields });
  const query = <T>(sql: string): Promise<T[]> =>
    storage.database.dataSource.query(sql, [world.tenant.organizationId]);
  const grants = (): Promise<{ id: string; hours: number }[]> =>
    query(
      `SELECT id, extract(epoch FROM expires_at - now())::float8 / 3600 AS hours FROM grants
        WHERE organization_id = $1`,
    );
  const news = (): Promise<{ data: Record<string, unknown> }[]> =>
    query("SELECT data FROM events WHERE name = 'document.uploaded' AND organization_id = $1 ORDER BY id");

  it('grant the file’s key for a day, without a password, and tell of it', async () => {
    const projectId = await world.project({ password: 'correct horse' });
    const { document } = await send(projectId, { redact: 'true', processor_id: 'res_x' });
    const [grant] = await grants();
    expect(Math.round(grant?.hours ?? 0)).toBe(24);
    const [event] = await news();
    expect(event?.data).toMatchObject({
      ...{ document_id: document.id, redact: true, grant_id: grant?.id, processor_id: 'res_x' },
    });
    const stored = await world.reading().getDocument(world.caller, document.id);
    expect(stored).toMatchObject({ status: 'uploaded', redactionStatus: 'queued' });
    const { organizationId } = world.tenant;
    const db = storage.database.dataSource.manager;
    const place = { organizationId, fileId: document.fileId, grantId: grant?.id ?? '' };
    const key = await world.grants.open(place, db);
    const { bytes } = await world
      .redacted()
      .openOriginal({ organizationId, documentId: document.id }, key, db);
    expect((await buffer(bytes)).toString()).toBe('Ada');
  });

  it('take the default policy when they name none', async () => {
    await send(await world.project(), { redact: 'true', processor_id: '' });
    expect((await news())[0]?.data).toMatchObject({ redact: true, processor_id: null });
  });

  it.each<Record<string, string>>([{}, { redact: 'false' }])('are not those with %j', async (fields) => {
    const { document } = await send(await world.project(), fields);
    expect(document.redactionStatus).toBe('none');
    expect(await grants()).toEqual([]);
    expect(Object.keys((await news())[0]?.data ?? {}).sort()).toEqual(
      ['document_id', 'file_id', 'format', 'project_id', 'size', 'status'].sort(),
    );
  });

  it.each<[string, Record<string, string>, string]>([
    ['another word', { redact: 'yes' }, 'VALIDATION_ERROR'],
    ['no word', { redact: '' }, 'VALIDATION_ERROR'],
    ['a policy alone', { processor_id: 'res_x' }, 'VALIDATION_ERROR'],
    ['a policy that is not there', { redact: 'true', processor_id: REFUSED_PROCESSOR }, 'NOT_FOUND'],
  ])('are refused with %s, and leave nothing behind', async (_, fields, code) => {
    const projectId = await world.project();
    const before = storage.objects();
    for (const isEarly of [false, true]) {
      const sent = world.upload({ name: 'a.txt', projectId, bytes: Buffer.from('Ada'), fields, isEarly });
      expect(await codeOf(sent)).toBe(code);
    }
    expect([storage.objects(), await grants(), await news()]).toEqual([before, [], []]);
  });

  it('are refused when no copy can be made of the format, and leave nothing behind', async () => {
    const projectId = await world.project();
    const before = storage.objects();
    expect(await codeOf(send(projectId, { redact: 'true' }, 'a.png', PNG))).toBe('FORMAT_NOT_REDACTABLE');
    expect([storage.objects(), await grants(), await news()]).toEqual([before, [], []]);
    expect(await codeOf(send(projectId, { redact: 'false' }, 'a.png', PNG))).toBe('done');
  });

  it('need a scope of their own', async () => {
    const projectId = await world.project();
    world.scopes.splice(0, 1, 'files:write');
    expect(await codeOf(send(projectId, { redact: 'true' }))).toBe('PERMISSION_DENIED');
    expect(await codeOf(send(projectId, { redact: 'false' }))).toBe('done');
  });
});
