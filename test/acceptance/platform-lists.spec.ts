import { type Answer, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(60_000);

const SAMPLE = { name: 'my-resource', type: 'processor', config: { timeout: 30 } };

const namesOf = ({ body }: Answer): string[] => body.data.map(({ name }: { name: string }) => name);

describe("Platform's lists", () => {
  const NAMES = Array.from({ length: 250 }, (_, index) => `resource-${String(index).padStart(3, '0')}`);

  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
    for (const name of NAMES) await client.post('/v1/resources', { ...SAMPLE, name });
    const archived = await client.get('/v1/resources?per_page=50&sort=name&order=desc');
    for (const { id } of archived.body.data)
      await client.send('PUT', `/v1/resources/${id}`, { json: { status: 'archived' } });
  });
  afterAll(() => redoubt?.dispose());

  it('page as the sample does: page 2 of 50 each of 250', async () => {
    const { body } = await client.get('/v1/resources?page=2&per_page=50');
    expect(body.status).toBe('success');
    expect(body.data).toHaveLength(50);
    expect(body.meta).toEqual({
      page: 2,
      per_page: 50,
      total_items: 250,
      total_pages: 5,
      has_next: true,
      has_previous: true,
      next_cursor: expect.any(String),
    });
  });

  it('default to the first 20 and clamp at 100, saying so', async () => {
    const first = await client.get('/v1/resources');
    expect(first.body.data).toHaveLength(20);
    expect(first.body.meta).toMatchObject({ page: 1, per_page: 20, has_previous: false, has_next: true });
    const many = await client.get('/v1/resources?per_page=1000');
    expect(many.body.data).toHaveLength(100);
    expect(many.body.meta).toMatchObject({ per_page: 100, total_pages: 3 });
    const last = await client.get('/v1/resources?page=5&per_page=50');
    expect(last.body.meta).toMatchObject({ has_next: false, has_previous: true, next_cursor: null });
    const beyond = await client.get('/v1/resources?page=99&per_page=50');
    expect(beyond.body).toMatchObject({ data: [], meta: { total_items: 250, has_next: false } });
  });

  it('filter by field name', async () => {
    const { body } = await client.get('/v1/resources?status=active&type=processor');
    expect(body.meta.total_items).toBe(200);
    expect(new Set(body.data.map(({ status }: { status: string }) => status))).toEqual(new Set(['active']));
    const one = await client.get('/v1/resources?name=resource-007');
    expect(namesOf(one)).toEqual(['resource-007']);
  });

  it('sort by field and order', async () => {
    const newest = await client.get('/v1/resources?sort=created_at&order=desc');
    expect(namesOf(newest)).toEqual([...NAMES].reverse().slice(0, 20));
    const oldest = await client.get('/v1/resources?sort=created_at&order=asc');
    expect(namesOf(oldest)).toEqual(NAMES.slice(0, 20));
  });

  it('take filter, sort and page together, as the combined sample does', async () => {
    const target = '/v1/resources?status=active&sort=name&order=asc&page=1&per_page=25';
    const { body } = await client.get(target);
    expect(namesOf({ body } as Answer)).toEqual(NAMES.slice(0, 25));
    expect(body.meta).toMatchObject({ page: 1, per_page: 25, total_items: 200, total_pages: 8 });
  });

  it('lead through everything by cursor, while rows come', async () => {
    const seen: string[] = [];
    let target = '/v1/resources?sort=name&order=asc&per_page=60';
    for (;;) {
      const answer = await client.get(target);
      seen.push(...namesOf(answer));
      const { next_cursor, has_next } = answer.body.meta;
      expect(has_next).toBe(next_cursor !== null);
      if (next_cursor === null) break;
      await client.post('/v1/resources', { ...SAMPLE, name: 'aaa-before-all' });
      target = `/v1/resources?sort=name&order=asc&per_page=60&cursor=${encodeURIComponent(next_cursor)}`;
    }
    expect(seen).toEqual(NAMES);
  });

  it.each([
    ['page=0', 'page', 'value_too_small'],
    ['page=two', 'page', 'invalid_type'],
    ['per_page=0', 'per_page', 'value_too_small'],
    ['page_size=5', 'page_size', 'unknown_field'],
    ['status=gone', 'status', 'value_not_allowed'],
    ['sort=colour', 'sort', 'value_not_allowed'],
    ['order=up', 'order', 'value_not_allowed'],
    ['page=1&page=2', 'page', 'given_more_than_once'],
    ['cursor=nonsense', 'cursor', 'invalid_format'],
  ])('refuse ?%s, naming the parameter', async (query, field, reason) => {
    const { status, body } = await client.get(`/v1/resources?${query}`);
    expect([status, body.status, body.error.code]).toEqual([400, 'error', 'INVALID_REQUEST']);
    expect(body.error.details).toMatchObject({ field, reason });
  });

  it('name what is allowed where a parameter is unknown', async () => {
    const { body } = await client.get('/v1/resources?colour=red');
    expect(body.error.message).toMatch(/^Unknown parameter: colour\. Allowed: .*per_page/);
    expect(body.error.details.allowed).toEqual(
      expect.arrayContaining(['page', 'per_page', 'sort', 'order', 'status', 'type', 'name', 'cursor']),
    );
  });
});
