import { randomBytes } from 'node:crypto';
import { Client } from '../support/client.js';
import { fileForm, pdf, secretOf, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'secure-password';

describe("SERO's files", () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({
      REDOUBT_EPHEMERAL_PER_MINUTE: '1000',
      REDOUBT_UPLOAD_LIMIT: '3000000',
    });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = (await client.post('/api/projects', { name: 'Medical Records', password: PASSWORD })).body.id;
  });
  afterAll(() => redoubt.dispose());

  const send = (name: string, bytes: Buffer | string, project_id = project) =>
    upload(client, fileForm(name, bytes, { project_id }), { path: '/api/files/upload' });
  const download = (id: string, json?: object) =>
    client.send('POST', `/api/files/id/${id}/download`, { json });

  it('are uploaded without a password and come back with one', async () => {
    const bytes = pdf(randomBytes(1_000_000));
    const sent = await send('patient_record.pdf', bytes);
    expect([sent.status, sent.body]).toEqual([
      201,
      {
        file_id: expect.stringMatching(/^file_/),
        document_id: expect.stringMatching(/^doc_/),
        filename: 'patient_record.pdf',
        size: bytes.length,
        status: 'uploaded',
      },
    ]);
    const got = await download(sent.body.file_id, await secretOf(client, PASSWORD));
    expect(got.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="patient_record.pdf"',
    });
  });

  it('fail with the codes of the document', async () => {
    const { body } = await send('codes.txt', 'x');
    const codeOf = async (answer: ReturnType<typeof download>) => {
      const { status, body: error } = await answer;
      return [status, error.error.code];
    };
    expect(await codeOf(download(body.file_id))).toEqual([400, 'INVALID_PASSWORD']);
    expect(await codeOf(download(body.file_id, await secretOf(client, 'wrong')))).toEqual([
      400,
      'INVALID_PASSWORD',
    ]);
    const secret = { key_id: 'eph_1', encrypted_password: 'AAAA' };
    expect(await codeOf(download(body.file_id, secret))).toEqual([400, 'ENCRYPTION_FAILED']);
    expect(await codeOf(download('file_789', secret))).toEqual([404, 'RESOURCE_NOT_FOUND']);
    expect(await codeOf(send('large.pdf', pdf(Buffer.alloc(3_000_000))))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(await codeOf(send('a.txt', 'x', 'proj_123'))).toEqual([404, 'RESOURCE_NOT_FOUND']);
    const format = await send('a.exe', Buffer.from('MZ\0'));
    expect([format.status, format.body.error]).toMatchObject([400, { code: 'INVALID_FILE_FORMAT' }]);
    expect(format.body.error.details).toEqual({
      supported_formats: expect.arrayContaining(['pdf', 'docx', 'txt']),
    });
    const twice = await send('CODES.txt', 'y');
    expect([twice.status, twice.body.error]).toMatchObject([
      409,
      { code: 'DOCUMENT_EXISTS', details: { file_id: body.file_id } },
    ]);
    const anonymous = await client.send('POST', '/api/files/upload', {
      key: 'sk_live_wrong',
      form: fileForm('a.txt', 'x'),
    });
    expect([anonymous.status, anonymous.body.error.code]).toEqual([401, 'INVALID_API_KEY']);
  });

  it('are to be redacted only by who may, and only what can be', async () => {
    const fields = { project_id: project, redact: 'true' };
    const sendBy = (key: string, name: string, bytes: Buffer | string) =>
      upload(new Client(redoubt.url, key), fileForm(name, bytes, fields), { path: '/api/files/upload' });
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
    const format = await sendBy(redoubt.adminKey, 'scan.png', png);
    expect([format.status, format.body.error]).toMatchObject([
      400,
      { code: 'FORMAT_NOT_REDACTABLE', details: { field: 'redact', constraint: 'format' } },
    ]);
    const { key } = (await client.post('/api/v1/api-keys', { name: 'Files', scopes: ['files:write'] })).body;
    const scope = await sendBy(key, 'note.txt', 'Ada');
    expect([scope.status, scope.body.error.code]).toEqual([403, 'INSUFFICIENT_PERMISSIONS']);
    const { documents } = (await client.get(`/api/projects/${project}/documents`)).body;
    const names = documents.map(({ filename }: { filename: string }) => filename);
    for (const name of ['scan.png', 'note.txt']) expect(names).not.toContain(name);
  });

  it('are listed, all of them, newest first', async () => {
    const own = (await client.post('/api/projects', { name: 'Many' })).body.id;
    expect((await client.get(`/api/projects/${own}/documents`)).body).toEqual({ documents: [] });
    const names = Array.from({ length: 120 }, (_, index) => `file-${index}.txt`);
    for (const name of names) await send(name, name, own);
    const { body } = await client.get(`/api/projects/${own}/documents`);
    expect(body.documents.map(({ filename }: { filename: string }) => filename)).toEqual(names.reverse());
    expect(body.documents[0]).toEqual({
      id: expect.stringMatching(/^doc_/),
      filename: 'file-119.txt',
      size: 12,
      status: 'uploaded',
      uploaded_at: expect.any(String),
      redaction_status: 'none',
    });
    const open = await client.send(
      'POST',
      `/api/files/id/${(await client.get(`/api/v1/documents?project_id=${own}`)).body.data[0].file_id}/download`,
    );
    expect([open.status, open.text]).toEqual([200, 'file-119.txt']);
    expect((await client.get('/api/projects/proj_123/documents')).status).toBe(404);
  });
});
