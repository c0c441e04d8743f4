import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/client.js';
import { fileForm, pdf, secretOf, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { S3_PROGRAM, S3Server } from '../support/s3-server.js';
import { describeWith } from '../support/tools.js';

const MIB = 2 ** 20;
const PASSWORD = 'correct horse battery staple';
const SECRET = 'Zebulon Quackenbush';
/** The sweeper comes every few seconds. */
const SWEPT_MS = 30_000;

describeWith(S3_PROGRAM, 'files in S3', () => {
  let s3: S3Server;
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;

  beforeAll(async () => {
    s3 = await S3Server.start();
    redoubt = await RedoubtProcess.start({ ...s3.settings, REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = (await client.post('/api/v1/projects', { name: 'In S3', password: PASSWORD })).body.id;
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await s3?.stop();
  });

  const send = (name: string, bytes: Buffer) =>
    upload(client, fileForm(name, bytes, { project_id: project }));
  const download = async (id: string) =>
    client.post(`/api/v1/files/id/${id}/download`, await secretOf(client, PASSWORD));

  async function objectsAre(count: number): Promise<void> {
    for (const since = Date.now(); s3.list().objects.length !== count; await sleep(200)) {
      if (Date.now() - since > SWEPT_MS) break;
    }
    expect({ ...s3.list(), objects: s3.list().objects.length }).toEqual({ objects: count, parts: [] });
  }

  it.each([0, 1, 65_537, 6 * MIB, 50 * MIB])('of %i bytes come back as they were sent', async (size) => {
    const bytes = size < 100 ? Buffer.alloc(size, 'x') : pdf(randomBytes(size - 9));
    const sent = await send(size < 100 ? `small-${size}.txt` : `large-${size}.pdf`, bytes);
    expect(sent.status).toBe(201);
    const got = await download(sent.body.file_id);
    expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true]);
  });

  it('lie there encrypted, under names that say nothing', async () => {
    await send(`${SECRET}.txt`, Buffer.from(`${SECRET} `.repeat(10_000)));
    const { objects } = s3.list();
    for (const key of objects) {
      // The ledger says how far the audit log had come, beside the objects.
      expect(key).toMatch(/^(?:obj_[0-9a-z]{26}|ledger\/checkpoints\/instance)$/);
      expect(readFileSync(s3.pathOf(key)).includes(SECRET)).toBe(false);
    }
  });

  it('that are refused or deleted are gone from there within seconds', async () => {
    const before = s3.list().objects.length;
    const sent = await send('goes.txt', Buffer.from('soon gone'));
    expect((await send('goes.txt', Buffer.alloc(7 * MIB, 'the name is taken '))).status).toBe(409);
    await client.delete(`/api/v1/documents/${sent.body.document_id}`);
    await objectsAre(before);
  });

  it('are a 503 while it is away, and there again afterwards; nothing half is left', async () => {
    const kept = await send('kept.txt', Buffer.from('kept'));
    const before = s3.list().objects.length;
    await s3.kill();
    const answers = [await send('lost.txt', Buffer.from('lost')), await download(kept.body.file_id)];
    for (const { status, body, headers } of answers) {
      expect([status, body.error.code]).toEqual([503, 'STORAGE_UNAVAILABLE']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await s3.startAgain();
    expect((await download(kept.body.file_id)).text).toBe('kept');
    expect((await send('lost.txt', Buffer.from('sent again'))).status).toBe(201);
    await objectsAre(before + 1);
  });

  it('leave nothing in the data folder', () => {
    expect(() => readFileSync(`${redoubt.dataDir}/files`)).toThrow('ENOENT');
  });
});
