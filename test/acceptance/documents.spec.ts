import { Client } from '../support/client.js';
import { fileForm, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const MISSING = 'doc_00000000000000000000000000';

interface Row {
  readonly id: string;
  readonly filename: string;
  readonly size: number;
}

const QUOTA = 40_000;

describe('documents', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;

  const newProject = async (settings: object = {}): Promise<string> =>
    (await client.post('/api/v1/projects', { name: 'Documents', ...settings })).body.id;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_STORAGE_QUOTA: String(QUOTA) });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = await newProject();
  });
  afterAll(() => redoubt.dispose());

  const send = (name: string, content: string | Buffer = 'x', project_id = project) =>
    upload(client, fileForm(name, content, { project_id }), { path: '/api/v1/documents' });
  const list = async (query: string): Promise<{ data: Row[]; total: number; next_cursor: string | null }> =>
    (await client.get(`/api/v1/documents?${query}`)).body;
  const namesOf = ({ data }: { data: Row[] }): string[] => data.map(({ filename }) => filename);

  it('are shown with what became of them', async () => {
    const { body } = await send('shown.md', '# Title');
    const shown = await client.get(`/api/v1/documents/${body.document_id}`);
    expect(shown.body).toEqual({
      id: body.document_id,
      project_id: project,
      knowledge_base_id: null,
      file_id: body.file_id,
      redacted_file_id: null,
      filename: 'shown.md',
      format: 'md',
      size: 7,
      status: 'uploaded',
      redaction_status: 'none',
      created_by: expect.stringMatching(/^user_/),
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
  });

  it('are listed by page and cursor, by filter and by order, of one project or all', async () => {
    const own = await newProject();
    for (const [index, name] of ['a.txt', 'B.csv', 'c.txt'].entries())
      await send(name, 'x'.repeat(index + 1), own);
    const of = `project_id=${own}`;
    expect(namesOf(await list(of))).toEqual(['c.txt', 'B.csv', 'a.txt']);
    expect(namesOf(await list(`${of}&sort=size&order=asc`))).toEqual(['a.txt', 'B.csv', 'c.txt']);
    expect(namesOf(await list(`${of}&format=txt`))).toEqual(['c.txt', 'a.txt']);
    expect(namesOf(await list(`${of}&filename=b.CSV`))).toEqual(['B.csv']);
    expect(namesOf(await list(`${of}&filename=b`))).toEqual([]);
    expect((await list(`${of}&status=uploaded&redaction_status=none`)).total).toBe(3);
    expect((await list(`${of}&status=processed`)).total).toBe(0);
    expect((await list(`${of}&created_after=2100-01-01`)).total).toBe(0);
    expect((await list(`${of}&created_before=2100-01-01`)).total).toBe(3);
    const first = await list(`${of}&page_size=2`);
    const second = await list(`${of}&page_size=2&cursor=${first.next_cursor}`);
    expect([...namesOf(first), ...namesOf(second)]).toEqual(['c.txt', 'B.csv', 'a.txt']);
    const nested = await client.get(`/api/v1/projects/${own}/documents?format=csv`);
    expect([nested.body.total, namesOf(nested.body)]).toEqual([1, ['B.csv']]);
    for (const query of ['kind=x', 'status=gone', 'sort=filename', 'format=exe', 'created_after=yesterday'])
      expect([query, (await client.get(`/api/v1/documents?${query}`)).status]).toEqual([query, 400]);
    expect((await client.get(`/api/v1/projects/${own}/documents?project_id=${own}`)).status).toBe(400);
  });

  it('are gone once deleted, with their files, and their name is free again', async () => {
    const own = await newProject();
    const { body } = await send('gone.txt', 'gone', own);
    const paths = [`/api/v1/documents/${body.document_id}`, `/api/v1/files/${body.file_id}`];
    expect((await client.delete(`/api/v1/documents/${body.document_id}`)).status).toBe(204);
    for (const path of paths) expect((await client.get(path)).status).toBe(404);
    const download = await client.send('POST', `/api/v1/files/id/${body.file_id}/download`);
    expect(download.status).toBe(404);
    expect((await client.delete(`/api/v1/documents/${body.document_id}`)).status).toBe(404);
    expect((await client.get(`/api/v1/projects/${own}`)).body).toMatchObject({
      document_count: 0,
      size_bytes: 0,
    });
    expect((await send('gone.txt', 'new', own)).status).toBe(201);
    const rows = await client.get(`/api/v1/audit-logs?target_id=${body.document_id}&action=document.deleted`);
    expect(rows.body.total).toBe(1);
  });

  it('are deleted once of many requests at once', async () => {
    const { body } = await send('once.txt');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => client.delete(`/api/v1/documents/${body.document_id}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404, 404]);
  });

  it('under legal hold stay, and so does their project', async () => {
    const own = await newProject({ legal_hold: true });
    const { body } = await send('held.txt', 'x', own);
    const refused = await client.delete(`/api/v1/documents/${body.document_id}`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'LEGAL_HOLD']);
    expect((await client.delete(`/api/v1/projects/${own}`)).status).toBe(409);
    await client.patch(`/api/v1/projects/${own}`, { legal_hold: false });
    expect((await client.delete(`/api/v1/documents/${body.document_id}`)).status).toBe(204);
  });

  it('go with their project', async () => {
    const own = await newProject();
    const sent = await Promise.all(['a.txt', 'b.txt'].map((name) => send(name, 'x', own)));
    expect((await client.delete(`/api/v1/projects/${own}`)).status).toBe(204);
    for (const { body } of sent) {
      expect((await client.get(`/api/v1/documents/${body.document_id}`)).status).toBe(404);
      expect((await client.send('POST', `/api/v1/files/id/${body.file_id}/download`)).status).toBe(404);
    }
    expect((await client.get(`/api/v1/projects/${own}/documents`)).status).toBe(404);
  });

  it('are kept up to the quota of storage, which deleting makes room in', async () => {
    const own = await newProject();
    const large = Buffer.alloc(QUOTA - 1_000, 'x');
    const kept = await send('large.txt', large, own);
    expect(kept.status).toBe(201);
    const refused = await send('more.txt', Buffer.alloc(2_000, 'y'), own);
    expect([refused.status, refused.body.error.code]).toEqual([507, 'STORAGE_QUOTA_EXCEEDED']);
    expect((await list('filename=more.txt')).total).toBe(0);
    const early = await send('far-more.txt', Buffer.alloc(200_000, 'y'), own);
    expect([early.status, early.body.error.code]).toEqual([507, 'STORAGE_QUOTA_EXCEEDED']);
    expect((await client.delete(`/api/v1/documents/${kept.body.document_id}`)).status).toBe(204);
    expect((await send('more.txt', Buffer.alloc(2_000, 'y'), own)).status).toBe(201);
  });

  it('that are missing answer 404 alike', async () => {
    const answers = await Promise.all(
      [MISSING, 'doc_1', 'nonsense', project].flatMap((id) => [
        client.get(`/api/v1/documents/${id}`),
        client.delete(`/api/v1/documents/${id}`),
      ]),
    );
    for (const { status, body } of answers)
      expect([status, body.error]).toEqual([404, answers[0]?.body.error]);
    const projects = ['proj_00000000000000000000000000', 'proj_1', MISSING];
    for (const id of projects) {
      for (const part of ['documents', 'retention'])
        expect((await client.get(`/api/v1/projects/${id}/${part}`)).status).toBe(404);
    }
  });
});
