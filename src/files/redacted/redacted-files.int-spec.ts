import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { TestTenants } from '../../crypto/testing/test-tenant.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { codeOf } from '../../platform/errors/testing/code-of.js';
import { newId } from '../../platform/http/ids.js';
import { StorageWorld } from '../../platform/storage/testing/storage-world.js';
import type { RedactionStatus } from '../document.js';
import { DocumentWorld } from '../testing/document-world.js';
import type { PreparedUpload } from '../upload-preparation.service.js';
import type { PreparedRedactedFile } from './redacted-preparation.service.js';

const PASSWORD = 'correct horse';
const NEVER = new AbortController().signal;

describe('redacted files', () => {
  let storage: StorageWorld;
  let tenants: TestTenants;
  let world: DocumentWorld;

  beforeAll(async () => {
    storage = await StorageWorld.start();
    tenants = new TestTenants(storage.database.dataSource);
  });
  afterAll(() => storage.stop());
  beforeEach(async () => {
    await storage.empty();
    world = DocumentWorld.of(storage, await tenants.add());
  });

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => storage.unitOfWork.run(work);
  const db = () => storage.database.dataSource.manager;
  const send = (
    projectId: string,
    name = 'Ada Lovelace.txt',
    text = 'Ada Lovelace',
  ): Promise<PreparedUpload> => world.upload({ name, projectId, bytes: Buffer.from(text) });
  const remove = (id: string): Promise<void> =>
    write((tx) => world.removal.deleteDocument(world.caller, id, tx));
  const documentOf = (id: string) => world.reading().getDocument(world.caller, id);
  const sweep = (): Promise<void> => storage.sweeper().run(NEVER);

  async function prepare(documentId: string, text: string, name = 'copy.txt'): Promise<PreparedRedactedFile> {
    return world.redacted().prepare(await documentOf(documentId), Buffer.from(text), name, NEVER);
  }
  const attach = (prepared: PreparedRedactedFile) => write((tx) => world.redacted().attach(prepared, tx));
  async function redact(documentId: string, text: string, name?: string): Promise<PreparedRedactedFile> {
    const prepared = await prepare(documentId, text, name);
    expect(await attach(prepared)).toBe('attached');
    return prepared;
  }
  async function opened(
    documentId: string,
    key: { fileKey: Buffer } | undefined,
    which: 'openOriginal' | 'openRedacted' = 'openOriginal',
  ): Promise<string> {
    const { organizationId } = world.tenant;
    const { bytes } = await world.redacted()[which]({ organizationId, documentId }, key, db());
    return (await buffer(bytes)).toString();
  }

  it('stand beside the original, encrypted alike, under a name of their own', async () => {
    const projectId = await world.project({ password: PASSWORD });
    const { document, file } = await send(projectId);
    const copy = await redact(document.id, '[PERSON] '.repeat(20_000), '../[PERSON].txt');
    expect(await documentOf(document.id)).toMatchObject({
      ...{ name: 'Ada Lovelace.txt', fileId: file.id, redactedFileId: copy.file.id },
      ...{ status: 'processed', redactionStatus: 'completed' },
    });
    const read = world.reading();
    expect(await read.getFile(world.caller, copy.file.id)).toMatchObject({
      kind: 'redacted',
      name: '[PERSON].txt',
    });
    expect(await read.getFile(world.caller, file.id)).toMatchObject({
      kind: 'original',
      name: 'Ada Lovelace.txt',
    });
    expect(await codeOf(world.download(copy.file.id))).toBe('PASSWORD_REQUIRED');
    expect((await world.download(copy.file.id, PASSWORD)).toString()).toBe('[PERSON] '.repeat(20_000));
    expect((await world.download(file.id, PASSWORD)).toString()).toBe('Ada Lovelace');
    const stored = readFileSync(pathOf(copy));
    expect([stored.includes('PERSON'), stored.length]).toEqual([false, copy.file.storedSize]);
    const rows = await storage.database.dataSource.query('SELECT * FROM files');
    for (const text of ['PERSON', Buffer.from('PERSON').toString('hex')]) {
      expect(JSON.stringify(rows)).not.toContain(text);
    }
    expect(await storage.ledger()).toEqual([]);
  });

  const pathOf = ({ file }: PreparedRedactedFile): string =>
    join(storage.folder, file.objectKey.slice(-2), file.objectKey);

  it('have a name that opens nowhere else', async () => {
    const { document } = await send(await world.project());
    const copy = await redact(document.id, 'copy');
    const query = (sql: string) => storage.database.dataSource.query(sql, [copy.file.id]);
    await query('UPDATE files SET name_sealed = digest_sealed WHERE id = $1');
    await expect(world.reading().getFile(world.caller, copy.file.id)).rejects.toThrow('does not open');
  });

  it('are counted, and replaced by the next one', async () => {
    const projectId = await world.project();
    const { document, file } = await send(projectId, 'a.txt', 'x'.repeat(100));
    const first = await redact(document.id, 'y'.repeat(80));
    expect(await world.countsOf(projectId)).toEqual({ documents: 1, bytes: 180 });
    expect(await world.used()).toBe(180);
    const second = await redact(document.id, 'z'.repeat(10));
    expect(await world.countsOf(projectId)).toEqual({ documents: 1, bytes: 110 });
    expect(await world.used()).toBe(110);
    expect(await codeOf(world.download(first.file.id))).toBe('NOT_FOUND');
    await sweep();
    expect(storage.objects()).toEqual([file.objectKey, second.file.objectKey].sort());
    expect(await opened(document.id, undefined, 'openRedacted')).toBe('z'.repeat(10));
    await remove(document.id);
    await sweep();
    expect([storage.objects(), await world.used()]).toEqual([[], 0]);
    expect(await world.countsOf(projectId)).toEqual({ documents: 0, bytes: 0 });
  });

  it('go with their project, and retention counts them', async () => {
    const projectId = await world.project({ retentionDays: 1 });
    const { document } = await send(projectId, 'a.txt', 'x'.repeat(100));
    await redact(document.id, 'y'.repeat(80));
    await db().query("UPDATE documents SET created_at = now() - interval '2 days' WHERE id = $1", [
      document.id,
    ]);
    const { due } = await world.retention.getOutlook(world.caller, projectId);
    expect(due).toMatchObject({ documents: 1, sizeBytes: 180 });
    const { organizationId } = world.tenant;
    await write((tx) => world.removal.deleteAll({ organizationId, projectId }, tx));
    await sweep();
    expect([storage.objects(), await world.used()]).toEqual([[], 0]);
  });

  it('are attached all or not at all: beyond the quota nothing changes, and no object stays', async () => {
    world = DocumentWorld.of(storage, await tenants.add(), 150);
    const projectId = await world.project();
    const { document, file } = await send(projectId, 'a.txt', 'x'.repeat(100));
    const prepared = await prepare(document.id, 'y'.repeat(51));
    expect(await codeOf(attach(prepared))).toBe('STORAGE_QUOTA_EXCEEDED');
    expect(await documentOf(document.id)).toMatchObject({ redactedFileId: null, redactionStatus: 'none' });
    expect([await world.used(), await world.countsOf(projectId)]).toEqual([
      100,
      { documents: 1, bytes: 100 },
    ]);
    await world.redacted().abandon(prepared);
    expect([storage.objects(), await storage.ledger()]).toEqual([[file.objectKey], []]);
    await redact(document.id, 'y'.repeat(50));
  });

  it.each(['document', 'project'])('are dropped when their %s was deleted meanwhile', async (what) => {
    const projectId = await world.project();
    const { document } = await send(projectId);
    const prepared = await prepare(document.id, 'copy');
    const { organizationId } = world.tenant;
    if (what === 'document') await remove(document.id);
    else {
      await write((tx) => world.removal.deleteAll({ organizationId, projectId }, tx));
      await db().query('DELETE FROM project_keys WHERE project_id = $1', [projectId]);
      await db().query('DELETE FROM projects WHERE id = $1', [projectId]);
    }
    expect(await attach(prepared)).toBe('gone');
    await sweep();
    expect([storage.objects(), await world.used()]).toEqual([[], 0]);
  });

  it('that nobody attaches are swept, although this process lives, and are lost to whoever comes late', async () => {
    const { document, file } = await send(await world.project());
    const prepared = await prepare(document.id, 'copy');
    await storage.lapse();
    await sweep();
    expect(storage.objects()).toEqual([file.objectKey]);
    expect(await codeOf(attach(prepared))).toBe('STORAGE_UNAVAILABLE');
    expect(await documentOf(document.id)).toMatchObject({ redactedFileId: null });
  });

  it.each<[RedactionStatus[], boolean, string]>([
    [['queued'], false, 'uploaded queued'],
    [['queued', 'running'], false, 'processing running'],
    [['queued', 'running', 'failed'], false, 'failed failed'],
    [['queued', 'running', 'failed', 'queued'], false, 'failed queued'],
    [['queued', 'none'], false, 'uploaded none'],
    [['running', 'none'], false, 'uploaded none'],
    [['queued'], true, 'processed queued'],
    [['running'], true, 'processing running'],
    [['running', 'failed'], true, 'processed failed'],
    [['running', 'none'], true, 'processed completed'],
  ])('%j of a document that has one: %s, come to %s', async (steps, hasOne, end) => {
    const { document } = await send(await world.project());
    if (hasOne) await redact(document.id, 'copy');
    const { organizationId } = world.tenant;
    for (const step of steps as Exclude<RedactionStatus, 'completed'>[]) {
      await write((tx) =>
        world.redacted().setRedactionStatus(organizationId, [document.id, newId('doc')], step, tx),
      );
    }
    const { status, redactionStatus } = await documentOf(document.id);
    expect(`${status} ${redactionStatus}`).toBe(end);
  });

  it('say nothing of documents of other organizations', async () => {
    const { document } = await send(await world.project());
    const { organizationId } = await tenants.add();
    await write((tx) => world.redacted().setRedactionStatus(organizationId, [document.id], 'failed', tx));
    expect(await documentOf(document.id)).toMatchObject({ status: 'uploaded', redactionStatus: 'none' });
    const place = { organizationId, documentId: document.id };
    expect(await codeOf(world.redacted().openOriginal(place, undefined, db()))).toBe('NOT_FOUND');
    const listed = world.redacted().listRedactable(organizationId, document.projectId, undefined, db());
    expect(await listed).toEqual([]);
  });

  it('are made of originals that one password opens, or none', async () => {
    const [open, guarded] = [await world.project(), await world.project({ password: PASSWORD })];
    const plain = await send(open);
    const [first, second] = [await send(guarded, 'a.txt', 'one'), await send(guarded, 'b.txt', 'two')];
    const copy = await redact(first.document.id, 'copy of one');
    const owner = { organizationId: world.tenant.organizationId, projectId: guarded };
    const ids = [first, second, copy, plain].map(({ file }) => file.id);
    const keys = await world.redacted().fileKeysOf(owner, PASSWORD, [...ids, newId('file')]);
    expect([...keys.keys()].sort()).toEqual(ids.slice(0, 3).sort());
    const keyOf = (id: string) => ({ fileKey: keys.get(id) ?? Buffer.alloc(32) });
    expect(await opened(first.document.id, keyOf(first.file.id))).toBe('one');
    expect(await opened(second.document.id, keyOf(second.file.id))).toBe('two');
    expect(await opened(first.document.id, keyOf(copy.file.id), 'openRedacted')).toBe('copy of one');
    expect(await opened(plain.document.id, undefined)).toBe('Ada Lovelace');
    expect(await codeOf(opened(first.document.id, undefined))).toBe('PASSWORD_REQUIRED');
    expect(await codeOf(opened(first.document.id, keyOf(second.file.id)))).toBe('FILE_UNREADABLE');
    expect(await codeOf(opened(second.document.id, keyOf(second.file.id), 'openRedacted'))).toBe('NOT_FOUND');
    const asked = (password?: string) => codeOf(world.redacted().fileKeysOf(owner, password, ids));
    expect([await asked(), await asked('wrong horse')]).toEqual(['PASSWORD_REQUIRED', 'INVALID_PASSWORD']);
  });

  it('are not made of what is damaged: that is an error, before or after the first byte', async () => {
    const { document, file } = await send(await world.project(), 'a.txt', 'x'.repeat(200_000));
    const path = join(storage.folder, file.objectKey.slice(-2), file.objectKey);
    const whole = readFileSync(path);
    for (const [at, end] of [
      [100, 'FILE_UNREADABLE'],
      [whole.length - 20, 'OpenError: The sealed value'],
    ] as const) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      expect(await codeOf(opened(document.id, undefined))).toMatch(end);
    }
  });

  it('are wanted of documents in the order they came, all or some', async () => {
    const projectId = await world.project();
    const sent = [];
    for (const name of ['c.txt', 'a.txt', 'b.png']) {
      const bytes = name.endsWith('png') ? PNG : Buffer.from('text');
      sent.push((await world.upload({ name, projectId, bytes })).document.id);
    }
    const { organizationId } = world.tenant;
    const list = (ids?: string[]) => world.redacted().listRedactable(organizationId, projectId, ids, db());
    const all = await list();
    expect(all.map(({ id, format }) => [id, format])).toEqual([
      [sent[0], 'txt'],
      [sent[1], 'txt'],
      [sent[2], 'png'],
    ]);
    expect((await list([sent[2] ?? '', newId('doc'), sent[0] ?? ''])).map(({ id }) => id)).toEqual([
      sent[0],
      sent[2],
    ]);
    const names = await Promise.all(all.map((document) => world.redacted().nameOf(document, db())));
    expect(names).toEqual(['c.txt', 'a.txt', 'b.png']);
  });
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
