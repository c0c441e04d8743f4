import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { fileForm, letterPdf, secretOf, secretsOf, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const PATIENCE_MS = 90_000;
const PASSWORD = 'correct horse battery staple';
const MISSING = 'doc_00000000000000000000000000';

const LINES = [
  'Letter to John Smith.',
  'Write to maria.garcia@example.com or call 555-123-4567.',
  'Kept for ever.',
];
const VALUES = ['John Smith', 'maria.garcia@example.com', '555-123-4567'];

interface Uploaded {
  readonly document_id: string;
  readonly file_id: string;
  readonly bytes: Buffer;
}

/** A server-sent event. */
interface Event {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

describe('redacted documents', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt?.dispose());

  const newProject = async (settings: object = {}): Promise<string> =>
    (await client.post('/api/v1/projects', { name: 'Redactions', ...settings })).body.id;

  async function send(
    project_id: string,
    name: string,
    content: string | Buffer,
    fields: Record<string, string> = {},
  ): Promise<Uploaded> {
    const bytes = Buffer.from(content);
    const { status, body } = await upload(client, fileForm(name, bytes, { project_id, ...fields }));
    expect(status).toBe(201);
    return { ...body, bytes };
  }

  const order = (project: string, body?: object, headers = {}): Promise<Answer> =>
    client.send('POST', `/api/v1/projects/${project}/redactions`, { json: body, headers });

  async function ended(jobId: string) {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
      const { body } = await client.get(`/api/v1/jobs/${jobId}`);
      if (!['queued', 'running'].includes(body.status)) return body;
    }
    throw new Error(`${jobId} does not end`);
  }

  /** Redacts, waits, and shows what became of every document. */
  async function redact(project: string, body?: object) {
    const accepted = await order(project, body);
    expect([accepted.status, accepted.body]).toEqual([202, expect.objectContaining({ type: 'redaction' })]);
    const job = await ended(accepted.body.id);
    const path = `/api/v1/projects/${project}/redactions/${job.reference.redaction_id}`;
    const documents = (await client.get(`${path}/documents?page_size=100`)).body.data;
    return { job, path, documents };
  }

  const download = (fileId: string, body?: object): Promise<Answer> =>
    client.send('POST', `/api/v1/files/id/${fileId}/download`, { json: body });

  const documentOf = async (id: string) => (await client.get(`/api/v1/documents/${id}`)).body;

  async function eventsOf(path: string): Promise<Event[]> {
    const { headers, text } = await client.get(`${path}/events`);
    expect(headers.get('content-type')).toContain('text/event-stream');
    expect(text.startsWith('retry: 5000\n\n')).toBe(true);
    return [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(([, name = '', data = '']) => ({
      name,
      data: JSON.parse(data),
    }));
  }

  it('are copies in which nothing is left, with a report; originals stay as they were', async () => {
    const project = await newProject();
    const sent = [
      await send(project, 'letter from John Smith.txt', LINES.join('\n')),
      await send(
        project,
        'table.csv',
        `line,text\n${LINES.map((line, row) => `${row},"${line}"`).join('\n')}\n`,
      ),
      await send(project, 'record.json', JSON.stringify({ lines: LINES })),
      await send(project, 'letter.pdf', await letterPdf(LINES)),
    ];
    const { job, path, documents } = await redact(project);
    expect(job).toMatchObject({
      status: 'completed',
      project_id: project,
      progress: { total: 4, completed: 4, failed: 0 },
    });
    expect(documents.map((one: { document_id: string }) => one.document_id)).toEqual(
      sent.map(({ document_id }) => document_id),
    );
    for (const { document_id, file_id, bytes } of sent) {
      const document = await documentOf(document_id);
      expect(document).toMatchObject({ status: 'processed', redaction_status: 'completed', file_id });
      const redacted = await download(document.redacted_file_id);
      for (const value of VALUES) expect(redacted.bytes.includes(value)).toBe(false);
      if (document.format !== 'pdf') {
        expect(redacted.text).toContain('Kept for ever.');
        expect(redacted.text).toContain('[PERSON_NAME]');
      }
      expect(redacted.headers.get('content-disposition')).not.toContain('John');
      expect((await download(file_id)).bytes.equals(bytes)).toBe(true);
      const { body } = await client.get(`/api/v1/documents/${document_id}/report`);
      expect(body).toMatchObject({
        redaction_id: job.reference.redaction_id,
        redacted_file_id: document.redacted_file_id,
        policy: null,
        error: null,
        report: { format: document.format, redactions: 3, verification: { passed: true } },
      });
      expect(body.report.entities.map(({ type }: { type: string }) => type).sort()).toEqual([
        'EMAIL',
        'PERSON_NAME',
        'PHONE',
      ]);
      expect(JSON.stringify(body)).not.toMatch(/John|maria|4567/);
    }
    expect((await client.get(path)).body).toMatchObject({
      job_id: job.id,
      status: 'completed',
      documents: 4,
      completed: 4,
      failed: 0,
      policy: null,
    });
    const { body: list } = await client.get(`/api/v1/projects/${project}/redactions`);
    expect([list.total, list.data[0].id]).toEqual([1, job.reference.redaction_id]);
    const first = sent[0]?.document_id;
    const rows = await client.get(`/api/v1/audit-logs?target_id=${first}&action=document.redacted`);
    expect(rows.body.data[0].counts).toEqual({ entities: 3, PERSON_NAME: 1, EMAIL: 1, PHONE: 1, regions: 0 });
  });

  it('follow the policy of a processor, and of the request before that', async () => {
    const project = await newProject();
    const { document_id } = await send(project, 'a.txt', LINES.join('\n'));
    const config = { entities: ['EMAIL'], template: '<{type}>', search_terms: ['kept FOR'] };
    const policy = (await client.post('/api/v1/resources', { name: 'P', type: 'processor', config })).body;
    const textOf = async (body: object): Promise<string> => {
      const { documents } = await redact(project, { processor_id: policy.id, ...body });
      return (await download(documents[0].redacted_file_id)).text;
    };
    expect(await textOf({})).toBe(
      'Letter to John Smith.\nWrite to <EMAIL> or call 555-123-4567.\n<SEARCH_TERM> ever.',
    );
    expect(await textOf({ policy: { entities: ['PHONE'], search_terms: null } })).toBe(
      'Letter to John Smith.\nWrite to maria.garcia@example.com or call <PHONE>.\nKept for ever.',
    );
    const { body } = await client.get(`/api/v1/documents/${document_id}/report`);
    expect(body.policy).toEqual({ id: policy.id, version: 1 });
  });

  it('of a protected project need its password once, and open with it afterwards', async () => {
    const project = await newProject({ password: PASSWORD });
    const secretPdf = await letterPdf(LINES, 'of the file');
    const plain = await send(project, 'a.txt', LINES.join('\n'));
    const locked = await send(project, 'locked.pdf', secretPdf);
    expect((await order(project)).body.error.code).toBe('PASSWORD_REQUIRED');
    const wrong = await order(project, await secretOf(client, 'not this one'));
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'INVALID_PASSWORD']);
    const without = await redact(project, await secretOf(client, PASSWORD));
    expect(without.documents.map(({ error }: { error: { code: string } | null }) => error?.code)).toEqual([
      undefined,
      'DOCUMENT_ENCRYPTED',
    ]);
    const { key_id, encrypted } = await secretsOf(client, PASSWORD, 'of the file');
    const [encrypted_password, encrypted_document_password] = encrypted;
    const secrets = { key_id, encrypted_password, encrypted_document_password };
    const { job, documents } = await redact(project, secrets);
    expect(job.progress).toMatchObject({ completed: 2, failed: 0 });
    const again = await order(project, secrets);
    expect([again.status, again.body.error.code]).toEqual([400, 'ENCRYPTION_FAILED']);
    const [copy] = documents;
    expect((await download(copy.redacted_file_id)).body.error.code).toBe('PASSWORD_REQUIRED');
    const opened = await download(copy.redacted_file_id, await secretOf(client, PASSWORD));
    expect(opened.text).toBe('Letter to [PERSON_NAME].\nWrite to [EMAIL] or call [PHONE].\nKept for ever.');
    for (const { file_id, bytes } of [plain, locked])
      expect((await download(file_id, await secretOf(client, PASSWORD))).bytes.equals(bytes)).toBe(true);
  });

  it('are made at once of what is uploaded with redact: true, without any password', async () => {
    const project = await newProject({ password: PASSWORD });
    const { document_id } = await send(project, 'a.txt', LINES.join('\n'), { redact: 'true' });
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
      if ((await documentOf(document_id)).redaction_status === 'completed') break;
    }
    const { body: list } = await client.get(`/api/v1/projects/${project}/redactions`);
    expect(list.data).toMatchObject([{ status: 'completed', documents: 1, completed: 1 }]);
    const { redacted_file_id } = await documentOf(document_id);
    const opened = await download(redacted_file_id, await secretOf(client, PASSWORD));
    expect(opened.text).toContain('[EMAIL]');
  });

  it('are told of document by document, to those who come late as well', async () => {
    const project = await newProject();
    const good = await send(project, 'good.txt', LINES.join('\n'));
    const bad = await send(project, 'bad.json', '{"open": ');
    const accepted = await order(project);
    const path = `/api/v1/projects/${project}/redactions/${accepted.body.reference.redaction_id}`;
    const live = await eventsOf(path);
    const late = await eventsOf(path);
    for (const events of [live, late]) {
      const named = (name: string) => events.filter((event) => event.name === name).map(({ data }) => data);
      expect(events[0]).toEqual({ name: 'project_init', data: { total_documents: 2 } });
      expect(named('project_doc_start')).toHaveLength(2);
      expect(named('status').map(({ stage }) => stage)).toEqual(['redacting', 'redacting']);
      const summaries = named('project_doc_summary');
      const ofDocument = ({ document_id }: Uploaded) =>
        summaries.filter((summary) => summary.document_id === document_id);
      const { redacted_file_id } = await documentOf(good.document_id);
      expect(ofDocument(good)).toMatchObject([
        {
          ok: true,
          reason: null,
          redacted_file_id,
          original_file_size: good.bytes.length,
          selections_applied: 3,
        },
      ]);
      expect(ofDocument(bad)).toMatchObject([
        { ok: false, reason: 'redaction_failed', code: 'DOCUMENT_INVALID', redacted_file_id: null },
      ]);
      expect(named('project_progress')).toEqual([
        { processed: 1, total: 2 },
        { processed: 2, total: 2 },
      ]);
      expect(events.at(-1)).toEqual({
        name: 'completed',
        data: { ok: false, total: 2, succeeded: 1, failed: 1 },
      });
    }
  });

  it('fail one by one, each with a code and what to do', async () => {
    const project = await newProject();
    const { document_id } = await send(project, 'cut.pdf', (await letterPdf(LINES)).subarray(0, 300));
    const { job, documents } = await redact(project);
    expect(job).toMatchObject({ status: 'failed', progress: { completed: 0, failed: 1 } });
    expect(documents).toMatchObject([
      { status: 'failed', redacted_file_id: null, error: { code: 'DOCUMENT_DAMAGED', page: null } },
    ]);
    const { body } = await client.get(`/api/v1/documents/${document_id}/report`);
    expect(body).toMatchObject({ report: null, error: { code: 'DOCUMENT_DAMAGED' }, redacted_file_id: null });
    expect(await documentOf(document_id)).toMatchObject({ status: 'failed', redaction_status: 'failed' });
    const retried = await client.send('POST', `/api/v1/jobs/${job.id}/retry`);
    expect(retried.status).toBe(202);
    expect((await ended(job.id)).status).toBe('failed');
  });

  it('are asked for as jobs too, on both surfaces that have them', async () => {
    const project = await newProject();
    const { document_id } = await send(project, 'a.txt', LINES.join('\n'));
    const input = { project_id: project, document_ids: [document_id], policy: { entities: ['EMAIL'] } };
    const core = await client.post('/api/v1/jobs', { type: 'redaction', input });
    expect(core.status).toBe(202);
    expect((await ended(core.body.id)).status).toBe('completed');
    const platform = await client.post('/v1/jobs', { type: 'redaction', input });
    expect((await ended(platform.body.data.id)).status).toBe('completed');
    const refusal = async (changes: object) => {
      const body = { type: 'redaction', input: { ...input, ...changes } };
      const { status, body: answer } = await client.post('/api/v1/jobs', body);
      return [status, answer.error.code, answer.error.details?.field];
    };
    expect(await refusal({ document_ids: [MISSING] })).toEqual([404, 'NOT_FOUND', 'input.document_ids[0]']);
    expect(await refusal({ project_id: 'proj_00000000000000000000000000' })).toEqual([
      404,
      'NOT_FOUND',
      'input.project_id',
    ]);
    expect(await refusal({ pages: 1 })).toEqual([400, 'VALIDATION_ERROR', 'input.pages']);
  });

  it('are asked for once by one Idempotency-Key, though the ephemeral key is burnt', async () => {
    const project = await newProject({ password: PASSWORD });
    await send(project, 'a.txt', LINES.join('\n'));
    const body = await secretOf(client, PASSWORD);
    const headers = { 'idempotency-key': 'redact-once' };
    const first = await order(project, body, headers);
    const second = await order(project, body, headers);
    expect([first.status, second.status, second.body]).toEqual([202, 202, first.body]);
    expect((await client.get(`/api/v1/projects/${project}/redactions`)).body.total).toBe(1);
  });

  describe('bad input', () => {
    let project: string;
    let document: Uploaded;

    beforeAll(async () => {
      project = await newProject();
      document = await send(project, 'a.txt', LINES.join('\n'));
    });

    const refusal = async (body: object, of = project) => {
      const { status, body: answer } = await order(of, body);
      return [status, answer.error?.code, answer.error?.details?.field];
    };

    it('is refused by name', async () => {
      const elsewhere = await send(await newProject(), 'b.txt', 'x');
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      );
      const picture = await send(project, 'p.png', png);
      const cases: [object, unknown[]][] = [
        [{ document_ids: [] }, [400, 'VALIDATION_ERROR', 'document_ids']],
        [{ document_ids: [MISSING] }, [404, 'NOT_FOUND', 'document_ids[0]']],
        [
          { document_ids: [document.document_id, elsewhere.document_id] },
          [404, 'NOT_FOUND', 'document_ids[1]'],
        ],
        [{ document_ids: ['x'] }, [404, 'NOT_FOUND', 'document_ids[0]']],
        [{ document_ids: [picture.document_id] }, [422, 'FORMAT_NOT_REDACTABLE', 'document_ids']],
        [{ processor_id: 'res_gone' }, [404, 'NOT_FOUND', 'processor_id']],
        [{ policy: { entities: ['SHOE_SIZE'] } }, [400, 'VALIDATION_ERROR', 'policy.entities[0]']],
        [
          { policy: { regions: [{ x: 0.9, y: 0, width: 0.2, height: 1 }] } },
          [400, 'VALIDATION_ERROR', 'policy.regions[0]'],
        ],
        [{ key_id: 'eph_1' }, [400, 'VALIDATION_ERROR', 'encrypted_password']],
        [{ encrypted_password: 'eA==' }, [400, 'VALIDATION_ERROR', 'key_id']],
        [{ key_id: 'eph_1', encrypted_password: 'eA==' }, [400, 'ENCRYPTION_FAILED', undefined]],
        [{ documents: 'all' }, [400, 'VALIDATION_ERROR', 'documents']],
      ];
      for (const [body, expected] of cases) expect([body, await refusal(body)]).toEqual([body, expected]);
      expect(await refusal({}, await newProject())).toEqual([422, 'NOTHING_TO_REDACT', 'document_ids']);
    });

    it('is a 404 where nobody may see whether something is there', async () => {
      const paths = [
        '/api/v1/projects/proj_00000000000000000000000000/redactions',
        `/api/v1/projects/${project}/redactions/red_00000000000000000000000000`,
        `/api/v1/projects/${project}/redactions/nonsense/documents`,
        `/api/v1/projects/${project}/redactions/nonsense/events`,
        `/api/v1/documents/${MISSING}/report`,
        `/api/v1/documents/${document.document_id}/report`,
      ];
      for (const path of paths) expect([path, (await client.get(path)).status]).toEqual([path, 404]);
      const archived = await newProject();
      await send(archived, 'a.txt', 'x');
      await client.send('POST', `/api/v1/projects/${archived}/archive`);
      expect(await refusal({}, archived)).toEqual([422, 'PROJECT_ARCHIVED', 'project_id']);
    });

    it('needs the scopes for it', async () => {
      const { key } = (await client.post('/api/v1/api-keys', { name: 'reader', scopes: ['redaction:read'] }))
        .body;
      const path = `/api/v1/projects/${project}/redactions`;
      expect((await client.get(path, { key })).status).toBe(200);
      expect((await client.send('POST', path, { key })).status).toBe(403);
    });
  });
});
