import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { TestTenants } from '../crypto/testing/test-tenant.js';
import { codeOf } from '../platform/errors/testing/code-of.js';
import { newObjectKey, ObjectStore } from '../platform/storage/object-store.js';
import { storageError } from '../platform/storage/storage.errors.js';
import { StorageWorld } from '../platform/storage/testing/storage-world.js';
import { DocumentWorld, UPLOAD_LIMIT } from './testing/document-world.js';

const HELLO = Buffer.from('hello');
const PASSWORD = 'correct horse';

/** A stream that ends in the middle, as when its client goes. */
const leaving = (): Readable =>
  new Readable({
    read() {
      this.push(Buffer.alloc(100_000, 'x'));
      this.destroy(new Error('the client has gone'));
    },
  });

/** A store whose writing fails after some bytes. */
class FullStore extends ObjectStore {
  constructor(private readonly inner: ObjectStore) {
    super();
  }
  override async put(_: string, source: AsyncIterable<Buffer>): Promise<never> {
    for await (const __ of source) throw storageError('STORAGE_FULL');
    throw new Error('no bytes came');
  }
  override get = (key: string) => this.inner.get(key);
  override delete = (key: string) => this.inner.delete(key);
  override check = () => this.inner.check();
}

describe('documents', () => {
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

  const count = async (table: string): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM ${table} WHERE organization_id = $1`;
    return (await storage.database.dataSource.query(sql, [world.tenant.organizationId]))[0].count;
  };
  const send = (projectId: string, name = 'a.txt', bytes: Buffer | Readable = HELLO) =>
    world.upload({ name, projectId, bytes });
  const remove = (id: string) =>
    storage.unitOfWork.run((tx) => world.removal.deleteDocument(world.caller, id, tx));
  const pathOf = (key: string): string => join(storage.folder, key.slice(-2), key);

  it('come back byte for byte, with a password or without, and lie encrypted', async () => {
    const [open, guarded] = [await world.project(), await world.project({ password: PASSWORD })];
    const marker = Buffer.from('Ignatius Quartermaine '.repeat(5_000));
    for (const [projectId, password] of [
      [open, undefined],
      [guarded, PASSWORD],
    ] as const) {
      const { file } = await send(projectId, 'Quartermaine.txt', marker);
      expect((await world.download(file.id, password)).equals(marker)).toBe(true);
      const stored = readFileSync(pathOf(file.objectKey));
      expect([stored.includes('Ignatius'), stored.length]).toEqual([false, file.storedSize]);
    }
    const rows = JSON.stringify(await storage.database.dataSource.query('SELECT * FROM documents'));
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    for (const form of ['Quartermaine', hex('Quartermaine')]) expect(rows.includes(form)).toBe(false);
  });

  it.each<[string, (projectId: string) => Promise<unknown>, string]>([
    ['its client goes', (id) => send(id, 'a.txt', leaving()), 'Error: the client has gone'],
    ['it is too large', (id) => send(id, 'a.txt', Buffer.alloc(UPLOAD_LIMIT + 1, 'x')), 'FILE_TOO_LARGE'],
    ['its format is not supported', (id) => send(id, 'a.exe', Buffer.from('MZ\0')), 'INVALID_FILE_FORMAT'],
    [
      'the store is full',
      (id) => world.upload({ name: 'a.txt', projectId: id, bytes: HELLO }, new FullStore(storage.store)),
      'STORAGE_FULL',
    ],
    [
      'the database breaks',
      (id) => world.upload({ name: 'a.txt', projectId: id, bytes: HELLO }, storage.store, true),
      'Error: the database broke',
    ],
    ['its project is not there', () => send('proj_00000000000000000000000000'), 'NOT_FOUND'],
  ])('leave nothing behind when %s', async (_, work, end) => {
    const projectId = await world.project();
    const before = storage.objects();
    expect(await codeOf(work(projectId))).toBe(end);
    expect(storage.objects()).toEqual(before);
    expect(await storage.ledger()).toEqual([]);
    expect([await count('documents'), await count('files'), await world.used()]).toEqual([0, 0, 0]);
    expect(await world.countsOf(projectId)).toEqual({ documents: 0, bytes: 0 });
    expect(await codeOf(send(projectId))).toBe('done');
  });

  it('of one name are one, however many come at once', async () => {
    const projectId = await world.project();
    const before = storage.objects().length;
    const ends = await Promise.all(
      Array.from({ length: 12 }, (_, index) => codeOf(send(projectId, index % 2 ? 'NAME.txt' : 'name.TXT'))),
    );
    expect(ends.sort()).toEqual([...Array(11).fill('DOCUMENT_EXISTS'), 'done']);
    expect(storage.objects()).toHaveLength(before + 1);
    expect(await world.countsOf(projectId)).toEqual({ documents: 1, bytes: 5 });
    expect(await world.used()).toBe(5);
  });

  it('have the same look-up in every process, from the first moment on', async () => {
    const { organizationId } = world.tenant;
    const processes = Array.from({ length: 6 }, () => world.newLookups());
    const found = await Promise.all(processes.map((lookups) => lookups.ofName(organizationId, 'a.txt')));
    expect(new Set(found.map((digest) => digest.toString('hex'))).size).toBe(1);
    const other = DocumentWorld.of(storage, await tenants.add());
    const foreign = await other.lookups.ofName(other.tenant.organizationId, 'a.txt');
    expect(foreign.equals(found[0] ?? foreign)).toBe(false);
  });

  it('go up to the quota and not beyond, however many come at once', async () => {
    world = DocumentWorld.of(storage, await tenants.add(), 12);
    const projectId = await world.project();
    const ends = await Promise.all(
      Array.from({ length: 6 }, (_, index) => codeOf(send(projectId, `${index}.txt`))),
    );
    expect(ends.filter((end) => end === 'done')).toHaveLength(2);
    expect(await world.used()).toBe(10);
  });

  it('are gone for good once deleted: rows, keys and bytes', async () => {
    const projectId = await world.project();
    const { document, file } = await send(projectId);
    await remove(document.id);
    expect(await codeOf(world.download(file.id))).toBe('NOT_FOUND');
    expect([await count('documents'), await count('files'), await world.used()]).toEqual([0, 0, 0]);
    expect(await world.countsOf(projectId)).toEqual({ documents: 0, bytes: 0 });
    expect(await storage.ledger()).toMatchObject([{ key: file.objectKey, doomed: true }]);
    await storage.sweeper().run(new AbortController().signal);
    expect(storage.objects()).not.toContain(file.objectKey);
  });

  it('are foreign to other organizations: not read, not opened, not deleted', async () => {
    const { document, file } = await send(await world.project());
    const other = DocumentWorld.of(storage, await tenants.add());
    expect(await codeOf(other.reading().getDocument(other.caller, document.id))).toBe('NOT_FOUND');
    expect(await codeOf(other.download(file.id))).toBe('NOT_FOUND');
    const foreign = storage.unitOfWork.run((tx) =>
      other.removal.deleteDocument(other.caller, document.id, tx),
    );
    expect(await codeOf(foreign)).toBe('NOT_FOUND');
    expect(await codeOf(other.upload({ name: 'a.txt', projectId: document.projectId, bytes: HELLO }))).toBe(
      'NOT_FOUND',
    );
    expect((await world.download(file.id)).equals(HELLO)).toBe(true);
  });

  it('that are damaged where they lie are an error before the first byte, or end early', async () => {
    const projectId = await world.project();
    const large = Buffer.alloc(200_000, 'x');
    const { file } = await send(projectId, 'large.txt', large);
    const path = pathOf(file.objectKey);
    const whole = readFileSync(path);
    const damage = (at: number): void => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    };
    damage(100);
    expect(await codeOf(world.download(file.id))).toBe('FILE_UNREADABLE');
    damage(whole.length - 20);
    const { bytes } = await world.downloads().openFile(world.caller, file.id, async () => undefined);
    await expect(buffer(bytes)).rejects.toThrow('does not open');
    writeFileSync(path, whole.subarray(0, 10));
    expect(await codeOf(world.download(file.id))).toBe('FILE_UNREADABLE');
    await storage.store.delete(file.objectKey);
    expect(await codeOf(world.download(file.id))).toBe('FILE_UNREADABLE');
    writeFileSync(path, whole);
    expect((await world.download(file.id)).equals(large)).toBe(true);
  });

  it('do not open in the place of another, as whoever writes to the database might want', async () => {
    const projectId = await world.project();
    const [mine, theirs] = [await send(projectId, 'a.txt'), await send(projectId, 'b.txt')];
    const swap = (column: string, value: unknown) =>
      storage.database.dataSource.query(`UPDATE files SET ${column} = $2 WHERE id = $1`, [
        mine.file.id,
        value,
      ]);
    await swap('key_wrapped', theirs.file.keyWrapped);
    expect(await codeOf(world.download(mine.file.id))).toBe('FILE_UNREADABLE');
    await swap('key_wrapped', mine.file.keyWrapped);
    await swap('object_key', newObjectKey());
    expect(await codeOf(world.download(mine.file.id))).toBe('FILE_UNREADABLE');
    await swap('object_key', mine.file.objectKey);
    expect((await world.download(mine.file.id)).equals(HELLO)).toBe(true);
  });

  it('are in the audit log before their first byte leaves: without that none does', async () => {
    const { file } = await send(await world.project());
    const before = await count('audit_logs');
    const { bytes } = await world.downloads().openFile(world.caller, file.id, async () => undefined);
    expect(await count('audit_logs')).toBe(before + 1);
    bytes.destroy();
  });

  describe('whose time is over', () => {
    const age = (id: string, hours: number) =>
      storage.database.dataSource.query(
        'UPDATE documents SET created_at = now() - make_interval(hours => $2) WHERE id = $1',
        [id, hours],
      );
    const sweep = () => world.sweeper().run(new AbortController().signal);

    it('are deleted, younger ones stay, and all that is told beforehand', async () => {
      const projectId = await world.project({ retentionDays: 2 });
      const [old, young] = [await send(projectId, 'old.txt'), await send(projectId, 'young.txt')];
      await age(old.document.id, 48);
      await age(young.document.id, 47);
      const { due } = await world.retention.getOutlook(world.caller, projectId);
      expect(due).toMatchObject({ documents: 1, sizeBytes: 5 });
      expect((due.nextDueAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
      await sweep();
      expect(await codeOf(world.download(old.file.id))).toBe('NOT_FOUND');
      expect(await codeOf(world.download(young.file.id))).toBe('done');
      expect(await world.countsOf(projectId)).toEqual({ documents: 1, bytes: 5 });
      const [row] = await storage.database.dataSource.query(
        "SELECT actor_type, actor_id, project_id FROM audit_logs WHERE action = 'document.deleted' AND target_id = $1",
        [old.document.id],
      );
      expect(row).toEqual({ actor_type: 'system', actor_id: 'retention', project_id: projectId });
      const [event] = await storage.database.dataSource.query(
        "SELECT data FROM events WHERE name = 'document.deleted' AND project_id = $1",
        [projectId],
      );
      expect(event.data).toMatchObject({ document_id: old.document.id, reason: 'retention' });
    });

    it('stay under legal hold, and where nothing limits them', async () => {
      const held = await world.project({ retentionDays: 1, legalHold: true });
      const free = await world.project();
      const documents = [await send(held), await send(free)];
      for (const { document } of documents) await age(document.id, 9_999);
      await sweep();
      for (const { file } of documents) expect(await codeOf(world.download(file.id))).toBe('done');
      const owner = { organizationId: world.tenant.organizationId, projectId: held };
      expect(await storage.unitOfWork.run((tx) => world.retention.deleteDue(owner, 10, tx))).toBe(0);
    });

    it('are all deleted however many there are', async () => {
      const projectId = await world.project({ retentionDays: 1 });
      const sent = await Promise.all(
        Array.from({ length: 130 }, (_, index) => send(projectId, `${index}.txt`)),
      );
      await Promise.all(sent.map(({ document }) => age(document.id, 25)));
      await sweep();
      expect(await world.countsOf(projectId)).toEqual({ documents: 0, bytes: 0 });
      expect([await count('documents'), await world.used()]).toEqual([0, 0]);
    });
  });
});
