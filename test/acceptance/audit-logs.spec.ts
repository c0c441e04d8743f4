import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

interface Entry {
  readonly id: string;
  readonly number: number;
  readonly action: string;
  readonly target_id: string | null;
  readonly created_at: string;
}

const LOGS = '/api/v1/audit-logs';

describe('the list of audit log entries', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    admin = new Client(redoubt.url, redoubt.adminKey);
    for (let call = 0; call < 40; call += 1) await detect();
  });
  afterAll(() => redoubt.dispose());

  const detect = () => admin.post('/api/v1/detect', { data: 'x' });

  const list = async (
    query: string,
  ): Promise<{ data: Entry[]; total: number; next_cursor: string | null }> => {
    const { status, body } = await admin.get(`${LOGS}?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body;
  };

  async function walk(query: string, between: () => Promise<unknown>): Promise<Entry[]> {
    const entries: Entry[] = [];
    let next: string | null = null;
    let pages = 0;
    do {
      const page = await list(next ? `${query}&cursor=${next}` : query);
      entries.push(...page.data);
      next = page.next_cursor;
      pages += 1;
      // Forward in time a walk would never end if it kept being fed.
      if (pages < 8) await between();
    } while (next);
    expect(pages).toBeGreaterThan(6);
    return entries;
  }

  it.each(['desc', 'asc'])('is walked through %s by cursor while entries are written', async (order) => {
    const before = (await list('page_size=100')).data;
    const walked = await walk(`order=${order}&page_size=6`, () =>
      Promise.all([detect(), detect(), detect()]),
    );
    const numbers = walked.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(before.filter(({ number }) => !numbers.includes(number))).toEqual([]);
    const times = walked.map(({ created_at }) => created_at);
    expect(times).toEqual(order === 'asc' ? times.toSorted() : times.toSorted().reverse());
  });

  it('is filtered by every field that names something', async () => {
    const key = (
      await admin.post('/api/v1/api-keys', { name: 'Filter', scopes: ['detect'], plan: 'unlimited' })
    ).body;
    const used = await admin.post('/api/v1/detect', { data: 'x' }, { key: key.key });
    const [made] = (await list(`target_id=${key.id}`)).data;
    const [entry] = (await list(`actor_id=${key.id}`)).data;
    expect(made).toMatchObject({ action: 'api_key.created', target_type: 'api_key', target_id: key.id });
    expect(entry).toMatchObject({ action: 'text.detected', request_id: used.headers.get('x-request-id') });
    expect((await list(`request_id=${used.headers.get('x-request-id')}`)).data).toEqual([entry]);
    expect((await list(`project_id=${key.default_project_id}&actor_id=${key.id}`)).data).toEqual([entry]);
    expect((await list('project_id=proj_01k9zq3v8x6m2n4p5r7s9t0w1y')).total).toBe(0);
    const ofKeys = await list('target_type=api_key&page_size=100');
    expect(ofKeys.data.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.created']);
    expect((await list('action=text.detected&target_type=api_key')).total).toBe(0);
    const after = await list(`created_after=${entry?.created_at}&actor_id=${key.id}`);
    const until = await list(`created_before=${entry?.created_at}&actor_id=${key.id}`);
    expect([after.total, until.total]).toEqual([1, 0]);
  });

  const cursorOf = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

  it.each([
    [`cursor=${cursorOf('created_at', 'desc', 'soon', '1')}`, 'cursor', 'format'],
    [`cursor=${cursorOf('created_at', 'desc', '2026-01-01T00:00:00Z', 'audit_1')}`, 'cursor', 'format'],
    [`cursor=${cursorOf('action', 'desc', 'a', '1')}`, 'cursor', 'match'],
    [`cursor=${cursorOf('created_at', 'desc', '2026-01-01T00:00:00Z', '1')}&order=asc`, 'cursor', 'match'],
    ['cursor=x', 'cursor', 'format'],
    ['sort=action', 'sort', 'enum'],
    ['created_after=tomorrow', 'created_after', 'format'],
    ['colour=red', 'colour', 'unknown'],
  ])('refuses %s', async (query, field, constraint) => {
    const { status, body } = await admin.get(`${LOGS}?${query}`);
    expect(status).toBe(400);
    expect(body.error.details).toMatchObject({ field, constraint });
  });

  it('is no other with a page than with a cursor', async () => {
    const first = await list('page_size=5&action=text.detected');
    const second = await list('page=2&page_size=5&action=text.detected');
    const next = await list(`page_size=5&action=text.detected&cursor=${first.next_cursor}`);
    expect(next.data).toEqual(second.data);
    expect(next.total).toBe(second.total);
  });
});
