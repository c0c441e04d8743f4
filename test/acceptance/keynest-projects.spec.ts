import { type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/projects/';
const TOKEN: Call = { scheme: 'Token' };

interface Row {
  readonly id: number;
  readonly name: string;
}

describe("KeyNest's projects", () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let organization: number;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
    organization = (await client.get(PATH, TOKEN)).body.results[0].organization;
  });
  afterAll(() => redoubt.dispose());

  const make = async (body: object): Promise<Row> => (await client.post(PATH, body, TOKEN)).body;
  const list = async (query: string) => (await client.get(`${PATH}?${query}`, TOKEN)).body;
  const namesOf = ({ results }: { results: Row[] }): string[] => results.map(({ name }) => name);

  it('are made, read, changed and deleted as in its document, by whole numbers', async () => {
    const sample = { name: 'New Project', description: 'Project description', organization };
    const made = await client.post(PATH, sample, TOKEN);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(Number),
      ...sample,
      organization_name: 'My organization',
      created_at: expect.stringMatching(/Z$/),
      updated_at: made.body.created_at,
      created_by_name: 'Administrator',
      environment_count: 0,
    });
    const at = `${PATH}${made.body.id}/`;
    expect((await client.get(at, TOKEN)).body).toEqual(made.body);
    const changed = await client.patch(at, { description: 'Updated project description' }, TOKEN);
    expect(changed.body).toEqual({
      ...made.body,
      description: 'Updated project description',
      updated_at: expect.not.stringMatching(made.body.updated_at),
    });
    const json = { name: 'By PUT', organization };
    const put = await client.send('PUT', at, { ...TOKEN, json });
    expect(put.body).toMatchObject({ name: 'By PUT', description: 'Updated project description' });
    const deleted = await client.delete(at, TOKEN);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await client.get(at, TOKEN)).status).toBe(404);
  });

  it('need no slash with a token, and no token with a slash', async () => {
    const { id } = await make({ name: 'Slashes' });
    for (const [path, call] of [
      ['/api/projects', TOKEN],
      [`/api/projects/${id}`, TOKEN],
      [PATH, {}],
      [`${PATH}${id}/`, {}],
      [`/api/projects/${id}`, {}],
    ] as const)
      expect([path, (await client.get(path, call)).body]).toEqual([
        path,
        path.includes(String(id))
          ? expect.objectContaining({ id })
          : expect.objectContaining({ count: expect.any(Number) }),
      ]);
    expect((await client.post('/api/projects', { name: 'No slash' }, TOKEN)).body.organization).toBe(
      organization,
    );
  });

  it('are listed 20 a page, newest first, with whole addresses that keep the filters', async () => {
    for (let index = 1; index <= 45; index += 1) await make({ name: `Päge & ${index}` });
    const query = `search=${encodeURIComponent('päge &')}&organization=${organization}`;
    const seen: string[] = [];
    const counts: number[] = [];
    let page: { count: number; next: string | null; previous: string | null; results: Row[] } =
      await list(query);
    expect(page.previous).toBeNull();
    for (;;) {
      counts.push(page.count);
      seen.push(...namesOf(page));
      if (page.next === null) break;
      expect(page.next.startsWith(`${redoubt.url}${PATH}?`)).toBe(true);
      page = (await client.get(page.next.slice(redoubt.url.length), TOKEN)).body;
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => `Päge & ${45 - index}`));
    expect(counts).toEqual([45, 45, 45]);
    const before = (await client.get((page.previous ?? '').slice(redoubt.url.length), TOKEN)).body;
    expect([namesOf(before)[0], before.results.length]).toEqual(['Päge & 25', 20]);
    expect(await list('page=1000')).toMatchObject({ next: null, results: [] });
  });

  it('are found by name or description, in whatever case', async () => {
    await make({ name: 'Wren', description: 'All about the KINGFISHER' });
    await make({ name: 'kingfisher 100%', description: 'x' });
    expect(namesOf(await list('search=Kingfisher'))).toEqual(['kingfisher 100%', 'Wren']);
    expect(namesOf(await list(`search=${encodeURIComponent('100%')}`))).toEqual(['kingfisher 100%']);
    expect(await list('search=nobody-has-this')).toMatchObject({ count: 0, results: [] });
  });

  it('of another organization are an empty list, whether there is one or not', async () => {
    for (const number of [organization + 1, 999_999_999])
      expect(await list(`organization=${number}`)).toEqual({
        count: 0,
        next: null,
        previous: null,
        results: [],
      });
  });

  it.each<[string, object, string]>([
    ['no name', { description: 'x' }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['spaces for a name', { name: '   ' }, 'name'],
    ['a long description', { name: 'x', description: 'x'.repeat(501) }, 'description'],
    ["another's organization", { name: 'x', organization: 999_999_999 }, 'organization'],
    ['an organization that is none', { name: 'x', organization: 'Acme' }, 'organization'],
    ['an unknown field', { name: 'x', password: 'a password' }, 'password'],
  ])('are refused with %s, in its shape', async (_, body, field) => {
    const answer = await client.post(PATH, body, TOKEN);
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        error: 'Validation failed',
        details: { [field]: [expect.any(String)] },
        code: 'VALIDATION_ERROR',
        timestamp: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it('are not moved to another organization, nor changed by nothing', async () => {
    const { id } = await make({ name: 'Stays' });
    for (const body of [
      { organization: 999_999_999 },
      { name: 'x', organization: 999_999_999 },
      {},
      { organization },
    ])
      expect([body, (await client.patch(`${PATH}${id}/`, body, TOKEN)).status]).toEqual([body, 400]);
    expect((await client.get(`${PATH}${id}/`, TOKEN)).body.name).toBe('Stays');
  });

  it.each(['page=0', 'page=x', 'page_size=5', 'organization=x', 'search='])(
    'are not listed by %s',
    async (query) => {
      const { status, body } = await client.get(`${PATH}?${query}`, TOKEN);
      expect([status, body.error]).toEqual([400, 'Validation failed']);
    },
  );

  it('answer 404 alike for numbers that are missing and texts that are none', async () => {
    const answers = await Promise.all(
      ['999999999', '0', '-1', '1.5', 'x', '9'.repeat(30), 'proj_00000000000000000000000000'].map(
        async (id) => {
          const at = `${PATH}${id}/`;
          return [
            await client.get(at, TOKEN),
            await client.patch(at, { name: 'x' }, TOKEN),
            await client.send('PUT', at, { ...TOKEN, json: { name: 'x' } }),
            await client.delete(at, TOKEN),
          ].map(({ status, body: { timestamp: _, ...body } }) => [status, body]);
        },
      ),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.map(([status]) => status)).toEqual([404, 404, 404, 404]);
  });

  it('under legal hold are kept', async () => {
    const { id } = (await client.post('/api/v1/projects', { name: 'Held', legal_hold: true })).body;
    const held = (await list('search=Held')).results[0];
    const refused = await client.delete(`${PATH}${held.id}/`, TOKEN);
    expect([refused.status, refused.body.code]).toEqual([409, 'LEGAL_HOLD']);
    expect((await client.get(`/api/v1/projects/${id}`)).status).toBe(200);
  });

  it('are made once for one Idempotency-Key', async () => {
    const once: Call = { ...TOKEN, headers: { 'idempotency-key': 'keynest-1' } };
    const [first, again] = [
      await client.post(PATH, { name: 'Once' }, once),
      await client.post(PATH, { name: 'Once' }, once),
    ];
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('need a token, with the scope for it', async () => {
    const { key } = (await client.post('/api/v1/api-keys', { name: 'T', scopes: ['projects:read'] })).body;
    const answers = [
      await client.get(PATH, { ...TOKEN, key: 'wrong' }),
      await client.post(PATH, { name: 'x' }, { ...TOKEN, key }),
      await client.get(PATH, { ...TOKEN, key }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [401, 'UNAUTHENTICATED'],
      [403, 'PERMISSION_DENIED'],
      [200, undefined],
    ]);
  });
});
