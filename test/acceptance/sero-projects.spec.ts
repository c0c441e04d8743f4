import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/projects';
const NEW = { name: 'New Project', description: 'Project description', password: 'secure-password' };
const SHOWN = ['id', 'name', 'description', 'created_at', 'document_count', 'status'];

interface Row {
  readonly id: string;
  readonly name: string;
}

describe("SERO's projects", () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it('are made as in its document and listed bare, newest first, archived ones too', async () => {
    const made = await client.post(PATH, NEW);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^proj_[0-9a-z]{26}$/),
      ...{ name: 'New Project', description: 'Project description', document_count: 0, status: 'active' },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      protected: true,
      notice: expect.stringContaining('originals'),
      warnings: [],
    });
    const bare = await client.post(PATH, { name: 'Bare' });
    expect(bare.body).toMatchObject({ description: '', protected: false });
    expect(bare.body).not.toHaveProperty('notice');
    await client.post(`/api/v1/projects/${made.body.id}/archive`, undefined);
    const { status, headers, body } = await client.get(PATH);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(headers.get('x-ratelimit-limit')).not.toBeNull();
    expect(body.projects.map(({ name }: Row) => name)).toEqual(['Bare', 'New Project', 'Default']);
    expect(body.projects[1]).toMatchObject({ id: made.body.id, status: 'archived' });
    for (const project of body.projects) expect(Object.keys(project)).toEqual(SHOWN);
  });

  it('are the same that the core has', async () => {
    const { id } = (await client.post(PATH, NEW)).body;
    expect((await client.get(`/api/v1/projects/${id}`)).body).toMatchObject({
      ...{ id, name: NEW.name, description: NEW.description, protected: true, version: 1 },
    });
  });

  it('are listed whole, however many there are, each once', async () => {
    const names = Array.from({ length: 205 }, (_, index) => `many "${index}"`);
    for (let at = 0; at < names.length; at += 20)
      await Promise.all(names.slice(at, at + 20).map((name) => client.post(PATH, { name })));
    const { projects } = (await client.get(PATH)).body as { projects: (Row & { created_at: string })[] };
    const many = projects.filter(({ name }) => name.startsWith('many'));
    expect([many.length, new Set(many.map(({ id }) => id)).size]).toEqual([205, 205]);
    const times = projects.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort().reverse());
    const { total } = (await client.get('/api/v1/projects')).body;
    expect(projects).toHaveLength(total);
  });

  it('are made once for one Idempotency-Key', async () => {
    const once = { headers: { 'idempotency-key': 'sero-1' } };
    const [first, again] = [await client.post(PATH, NEW, once), await client.post(PATH, NEW, once)];
    expect([again.status, again.body]).toEqual([201, first.body]);
    const reused = await client.post(PATH, { name: 'other' }, once);
    expect([reused.status, reused.body.error.code]).toEqual([400, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it.each<[string, unknown, string, string]>([
    ['no name', { password: NEW.password }, 'name', 'required'],
    ['a short password', { ...NEW, password: 'short' }, 'password', 'minLength'],
    ['an empty password', { ...NEW, password: '' }, 'password', 'minLength'],
    ['a long name', { name: 'x'.repeat(101) }, 'name', 'maxLength'],
    ['an unknown field', { ...NEW, contact_name: 'John' }, 'contact_name', 'unknown'],
    [
      'a password in both forms',
      { ...NEW, key_id: 'k', encrypted_password: 'AA==' },
      'encrypted_password',
      'exclusive',
    ],
    ['a list', [NEW], 'body', 'type'],
    ['no body', undefined, 'body', 'required'],
  ])('are refused with %s, in its shape', async (_, json, field, constraint) => {
    const { status, body } = await client.post(PATH, json);
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
    expect(body.error.details).toMatchObject({ field, constraint });
  });

  it('need a key, with the scope for it', async () => {
    const { key } = (await client.post('/api/v1/api-keys', { name: 'T', scopes: ['projects:read'] })).body;
    const answers = [
      await client.get(PATH, { key: '' }),
      await client.get(PATH, { key: 'wrong' }),
      await client.post(PATH, NEW, { key }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      [401, 'INVALID_API_KEY'],
      [401, 'INVALID_API_KEY'],
      [403, 'INSUFFICIENT_PERMISSIONS'],
    ]);
    expect((await client.get(PATH, { key })).status).toBe(200);
  });
});
