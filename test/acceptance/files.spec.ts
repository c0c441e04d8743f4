import { randomBytes } from 'node:crypto';
import { type Answer, Client } from '../support/client.js';
import { fileForm, pdf, secretOf, upload } from '../support/files.js';
import { openSocket, readAnswer, writeThenRead } from '../support/raw-http.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const MIB = 2 ** 20;
const LIMIT = 50 * MIB;
const PASSWORD = 'correct horse battery staple';
const MISSING = 'file_00000000000000000000000000';

/** Text of so many bytes: any size is one of these, down to nothing. */
const text = (bytes: number): Buffer => Buffer.alloc(bytes, 'Grüße aus Köln, 42 Zeilen lang.\r\n');

describe('files', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;
  let guarded: string;

  const newProject = async (settings: object = {}): Promise<string> =>
    (await client.post('/api/v1/projects', { name: 'Files', ...settings })).body.id;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = await newProject();
    guarded = await newProject({ password: PASSWORD });
  });
  afterAll(() => redoubt.dispose());

  const send = (
    name: string,
    bytes: Buffer | string,
    fields: Record<string, string> = { project_id: project },
  ) => upload(client, fileForm(name, bytes, fields));
  const download = (id: string, body?: object) =>
    client.send('POST', `/api/v1/files/id/${id}/download`, { json: body });

  it.each([0, 1, 65_535, 65_536, 65_537, MIB])('of %i bytes come back as they were sent', async (size) => {
    const bytes = text(size);
    const sent = await send(`size-${size}.txt`, bytes);
    expect([sent.status, sent.body]).toEqual([
      201,
      {
        file_id: expect.stringMatching(/^file_/),
        document_id: expect.stringMatching(/^doc_/),
        project_id: project,
        filename: `size-${size}.txt`,
        format: 'txt',
        size,
        ...{ status: 'uploaded', redaction_status: 'none' },
        ...{ knowledge_base_id: null, duplicate: false },
      },
    ]);
    const got = await download(sent.body.file_id);
    expect(got.status).toBe(200);
    expect(got.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(size),
      'content-disposition': `attachment; filename="size-${size}.txt"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('of 50 MiB come back as they were sent, and one byte more is refused', async () => {
    const bytes = pdf(randomBytes(LIMIT - 9));
    const sent = await send('largest.pdf', bytes);
    expect([sent.status, sent.body.size]).toEqual([201, LIMIT]);
    const got = await download(sent.body.file_id);
    expect(got.bytes.equals(bytes)).toBe(true);
    const refused = await send('larger.pdf', Buffer.concat([bytes, Buffer.alloc(1)]));
    expect([refused.status, refused.body.error]).toMatchObject([
      413,
      {
        code: 'FILE_TOO_LARGE',
        message: 'The file is larger than 50 MiB.',
        details: { field: 'file', constraint: 'maximum' },
      },
    ]);
    const listed = await client.get(`/api/v1/documents?filename=larger.pdf`);
    expect(listed.body.total).toBe(0);
  });

  it('that are too large by their own account are refused before they are sent', async () => {
    const head =
      `POST /api/v1/files/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${redoubt.adminKey}\r\n` +
      `content-type: multipart/form-data; boundary=x\r\ncontent-length: ${10 * 2 ** 30}\r\n\r\n`;
    const answer = await writeThenRead(redoubt.url, Buffer.from(head));
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([413, 'FILE_TOO_LARGE']);
  });

  it('that are too large are refused so that a client which first sends all of it reads the answer', async () => {
    const file = Buffer.concat([
      Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'),
      Buffer.alloc(LIMIT + 5 * MIB),
      Buffer.from('\r\n--x--\r\n'),
    ]);
    const head =
      `POST /api/v1/files/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${redoubt.adminKey}\r\n` +
      'content-type: multipart/form-data; boundary=x\r\ntransfer-encoding: chunked\r\n\r\n';
    const chunked = [
      Buffer.from(head),
      Buffer.from(`${file.length.toString(16)}\r\n`),
      file,
      Buffer.from('\r\n0\r\n\r\n'),
    ];
    const answer = await writeThenRead(redoubt.url, Buffer.concat(chunked));
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([413, 'FILE_TOO_LARGE']);
  });

  it('may be sent by either path, with fields before or after, or to the default project of the key', async () => {
    const after = fileForm('after.txt', 'x', { project_id: project }, { fieldsLast: true });
    const sent = await upload(client, after, { path: '/api/v1/documents' });
    expect([sent.status, sent.body.project_id]).toEqual([201, project]);
    expect((await download(sent.body.file_id)).text).toBe('x');
    const byDefault = await send('default.txt', 'x', {});
    expect(byDefault.status).toBe(201);
    const bare = await client.post('/api/v1/api-keys', {
      name: 'no project',
      scopes: ['*'],
      default_project_id: null,
    });
    if (bare.status !== 201) return;
    const refused = await client.send('POST', '/api/v1/documents', {
      key: bare.body.key,
      form: fileForm('a.txt', 'x'),
    });
    expect([refused.status, refused.body.error?.details]).toMatchObject([
      400,
      { field: 'project_id', constraint: 'required' },
    ]);
  });

  it.each([
    [
      'Bericht für Jürgen.txt',
      'attachment; filename="Bericht fur Jurgen.txt"; filename*=UTF-8\'\'Bericht%20f%C3%BCr%20J%C3%BCrgen.txt',
      'Bericht für Jürgen.txt',
    ],
    ['😀.txt', 'attachment; filename="_.txt"; filename*=UTF-8\'\'%F0%9F%98%80.txt', '😀.txt'],
    ['..\\..\\evil.txt', 'attachment; filename="evil.txt"', 'evil.txt'],
  ])('named %s keep a name that every system can store', async (name, disposition, kept) => {
    const own = await newProject();
    const sent = await send(name, 'x', { project_id: own });
    expect(sent.body.filename).toBe(kept);
    const header = (await download(sent.body.file_id)).headers.get('content-disposition') ?? '';
    expect(header).toBe(disposition);
  });

  it('show what they are, and are shown in place when asked for', async () => {
    const sent = await send('shown.html', '<!doctype html><p>Grüße</p>');
    const { file_id: id, document_id } = sent.body;
    expect((await client.get(`/api/v1/files/${id}`)).body).toEqual({
      id,
      document_id,
      project_id: project,
      kind: 'original',
      filename: 'shown.html',
      media_type: 'text/html',
      size: 29,
      created_at: expect.any(String),
    });
    const got = await download(id, { stream: true });
    expect(got.headers.get('content-disposition')).toBe('inline; filename="shown.html"');
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('of a protected project open with its password, once for each ephemeral key', async () => {
    const bytes = pdf(randomBytes(200_000));
    const sent = await send('guarded.pdf', bytes, { project_id: guarded });
    const id = sent.body.file_id;
    const secret = await secretOf(client, PASSWORD);
    const got = await download(id, secret);
    expect([got.status, got.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(got.bytes.equals(bytes)).toBe(true);
    const again = await download(id, secret);
    expect([again.status, again.body.error.code]).toEqual([400, 'ENCRYPTION_FAILED']);
  });

  it('of a protected project stay closed to everyone else, and say no more than they must', async () => {
    const { body } = await send('closed.txt', 'secret', { project_id: guarded });
    const codeOf = async (request?: object) => {
      const answer = await download(body.file_id, request);
      return [answer.status, answer.body.error.code];
    };
    expect(await codeOf()).toEqual([400, 'PASSWORD_REQUIRED']);
    expect(await codeOf({})).toEqual([400, 'PASSWORD_REQUIRED']);
    expect(await codeOf(await secretOf(client, 'wrong password'))).toEqual([400, 'INVALID_PASSWORD']);
    const { key_id, encrypted_password } = await secretOf(client, PASSWORD);
    expect(await codeOf({ key_id })).toEqual([400, 'VALIDATION_ERROR']);
    expect(await codeOf({ encrypted_password })).toEqual([400, 'VALIDATION_ERROR']);
    const other = await secretOf(client, PASSWORD);
    const failures: Answer[] = [];
    // One after the other: the first of them burns the key.
    for (const request of [
      { key_id, encrypted_password: other.encrypted_password },
      { key_id, encrypted_password },
      { key_id: 'eph_00000000000000000000000000', encrypted_password },
      { key_id: other.key_id, encrypted_password: 'AAAA' },
    ])
      failures.push(await download(body.file_id, request));
    for (const { status, body: answer } of failures) {
      expect([status, answer.error]).toEqual([400, failures[0]?.body.error]);
    }
    expect(failures[0]?.body.error.code).toBe('ENCRYPTION_FAILED');
  });

  it.each<[string, string, Buffer | string]>([
    ['a program', 'a.exe', Buffer.from('MZ\x90\x00', 'latin1')],
    ['a PDF named text', 'a.txt', '%PDF-1.7'],
    ['text named PDF', 'a.pdf', 'hello'],
    ['nothing named PDF', 'a.pdf', ''],
    ['a plain ZIP', 'a.docx', Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')],
    ['noise', 'a.bin', randomBytes(1000)],
  ])('of no supported format are refused: %s', async (_, name, bytes) => {
    const { status, body } = await send(name, bytes);
    expect([status, body.error]).toMatchObject([
      422,
      { code: 'INVALID_FILE_FORMAT', details: { field: 'file', constraint: 'format' } },
    ]);
    expect(body.error.details.allowed).toEqual(expect.arrayContaining(['pdf', 'docx', 'txt']));
  });

  const bad = (change: (form: FormData) => void): FormData => {
    const form = fileForm('bad.txt', 'x', { project_id: project });
    change(form);
    return form;
  };

  it.each<[string, (form: FormData) => void, string, string]>([
    ['an unknown field', (form) => form.append('owner', 'me'), 'owner', 'unknown'],
    ['a field twice', (form) => form.append('project_id', project), 'project_id', 'single'],
    ['another word', (form) => form.append('redact', 'yes'), 'redact', 'enum'],
    ['the file twice', (form) => form.append('file', new Blob(['y']), 'b.txt'), 'file', 'single'],
    ['no file', (form) => form.delete('file'), 'file', 'required'],
    ['a text for a file', (form) => form.set('file', 'hello'), 'file', 'type'],
  ])('are refused with %s, by name', async (_, change, field, constraint) => {
    const { status, body } = await upload(client, bad(change));
    expect([status, body.error.code, body.error.details]).toMatchObject([
      400,
      'VALIDATION_ERROR',
      { field, constraint },
    ]);
  });

  it('are refused without a boundary, by advice, and as anything but a form', async () => {
    const as = (type: string, raw: Buffer | string) =>
      client.send('POST', '/api/v1/files/upload', { raw, headers: { 'content-type': type } });
    const bare = await as('multipart/form-data', '--x\r\n');
    expect([bare.status, bare.body.error.message]).toEqual([
      400,
      expect.stringContaining('Leave that header out'),
    ]);
    const cut = await as(
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhel',
    );
    expect([cut.status, cut.body.error.code]).toEqual([400, 'MALFORMED_REQUEST']);
    const json = await as('application/json', '{"file":"x"}');
    expect([json.status, json.body.error.message]).toEqual([
      415,
      expect.stringContaining('multipart/form-data'),
    ]);
    const none = await client.send('POST', '/api/v1/files/upload');
    expect([none.status, none.body.error.details]).toMatchObject([
      400,
      { field: 'file', constraint: 'required' },
    ]);
    const elsewhere = await client.send('POST', '/api/v1/projects', { form: fileForm('a.txt', 'x') });
    expect(elsewhere.status).toBe(415);
  });

  it('have names that differ in a project, whatever the case, and the first of many at once is the one that is kept', async () => {
    const own = await newProject();
    const names = Array.from({ length: 8 }, (_, index) => (index % 2 ? 'SAME.txt' : 'same.TXT'));
    const answers = await Promise.all(
      names.map((name, index) => send(name, `copy ${index}`, { project_id: own })),
    );
    const kept = answers.filter(({ status }) => status === 201);
    expect(kept).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status === 201) continue;
      expect([status, body.error]).toMatchObject([
        409,
        {
          code: 'DOCUMENT_EXISTS',
          details: { field: 'file', constraint: 'unique', file_id: kept[0]?.body.file_id },
        },
      ]);
    }
    expect((await send('same.txt', 'elsewhere')).status).toBe(201);
    expect((await client.get(`/api/v1/projects/${own}`)).body).toMatchObject({
      document_count: 1,
      size_bytes: 6,
    });
  });

  it('are taken in once however often a request with one Idempotency-Key comes, whatever its boundary', async () => {
    const headers = { 'idempotency-key': 'upload-1' };
    const sendOnce = (content: string) =>
      upload(client, fileForm('once.txt', content, { project_id: project }), { headers });
    const [first, again] = [await sendOnce('once'), await sendOnce('once')];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await sendOnce('other');
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect((await download(first.body.file_id)).text).toBe('once');
  });

  it('go to no project that is missing, foreign or archived, wherever the form names it', async () => {
    for (const fieldsLast of [false, true]) {
      const missing = await Promise.all(
        ['proj_00000000000000000000000000', 'proj_1', 'nonsense'].map((project_id) =>
          upload(client, fileForm('a.txt', 'x', { project_id }, { fieldsLast })),
        ),
      );
      for (const { status, body } of missing)
        expect([status, body.error]).toEqual([404, missing[0]?.body.error]);
      const archived = await newProject();
      await client.post(`/api/v1/projects/${archived}/archive`, undefined);
      const refused = await upload(client, fileForm('a.txt', 'x', { project_id: archived }, { fieldsLast }));
      expect([refused.status, refused.body.error.code]).toEqual([422, 'PROJECT_ARCHIVED']);
    }
  });

  it('that are missing answer 404 alike, and need their scopes', async () => {
    const answers = await Promise.all(
      [MISSING, 'file_1', project].flatMap((id) => [client.get(`/api/v1/files/${id}`), download(id)]),
    );
    for (const { status, body } of answers)
      expect([status, body.error]).toEqual([404, answers[0]?.body.error]);
    const keyFor = async (scopes: string[]): Promise<string> =>
      (await client.post('/api/v1/api-keys', { name: 'Test', scopes })).body.key;
    const [reader, writer] = [await keyFor(['files:read']), await keyFor(['files:write'])];
    const { body } = await send('scopes.txt', 'x');
    const path = `/api/v1/files/id/${body.file_id}/download`;
    const status = async (key: string, form: boolean): Promise<number> =>
      form
        ? (
            await client.send('POST', '/api/v1/files/upload', {
              key,
              form: fileForm('s.txt', 'x', { project_id: project }),
            })
          ).status
        : (await client.send('POST', path, { key })).status;
    expect([await status(reader, false), await status(reader, true)]).toEqual([200, 403]);
    expect([await status(writer, false), await status(writer, true)]).toEqual([403, 201]);
  });

  it('are in the audit log, whoever brought and took them', async () => {
    const { body } = await send('audited.txt', 'audited');
    await download(body.file_id);
    const rows = async (target: string) =>
      (await client.get(`/api/v1/audit-logs?target_id=${target}`)).body.data;
    expect(await rows(body.document_id)).toMatchObject([
      { action: 'document.uploaded', project_id: project, counts: { bytes: 7 } },
    ]);
    expect(await rows(body.file_id)).toMatchObject([
      { action: 'file.downloaded', project_id: project, counts: { bytes: 7 } },
    ]);
  });

  it('whose clients leave in the middle free what they took', async () => {
    const { body } = await send('left.pdf', pdf(Buffer.alloc(20 * MIB)));
    for (let trial = 0; trial < 5; trial += 1) {
      const leaving = await openSocket(redoubt.url);
      leaving.write(
        `POST /api/v1/files/id/${body.file_id}/download HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${redoubt.adminKey}\r\ncontent-length: 0\r\n\r\n`,
      );
      await new Promise((resolve) => leaving.once('data', resolve));
      leaving.destroy();
      const uploading = await openSocket(redoubt.url);
      uploading.write(
        `POST /api/v1/files/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${redoubt.adminKey}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 1000000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="gone-${trial}.txt"\r\n\r\nhello`,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      uploading.destroy();
    }
    expect((await client.get('/api/v1/documents?filename=gone-0.txt')).body.total).toBe(0);
    expect((await download(body.file_id)).bytes.length).toBe(20 * MIB + 9);
  });

  it('sent one after another on one connection leave it usable', async () => {
    const part = (name: string): string =>
      `--x\r\nContent-Disposition: form-data; name="project_id"\r\n\r\n${project}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\nx\r\n--x--\r\n`;
    const request = (name: string, close: string): string =>
      `POST /api/v1/files/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${redoubt.adminKey}\r\ncontent-type: multipart/form-data; boundary=x\r\n${close}content-length: ${part(name).length}\r\n\r\n${part(name)}`;
    const socket = await openSocket(redoubt.url);
    socket.write(
      request('kept-1.txt', '') + request('kept-1.txt', '') + request('kept-2.txt', 'connection: close\r\n'),
    );
    const { text: answers } = await readAnswer(socket, 3_000);
    expect(answers).toContain('"DOCUMENT_EXISTS"');
    expect(answers).toContain('"kept-2.txt"');
  });
});
