import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgedLog } from '../support/aged-log.js';
import { verifyByCommand } from '../support/audit-verifier.js';
import { Client } from '../support/client.js';
import { People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

interface Entry {
  readonly id: string;
  readonly number: number;
  readonly action: string;
  readonly target_id: string | null;
  readonly organization_id: string;
  readonly user_id: string | null;
  readonly subject_user_id: string | null;
  readonly created_at: string;
}

const LOGS = '/api/v1/audit-logs';

describe('the list of audit log entries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-logs-'));
  let redoubt: RedoubtProcess;
  let admin: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    admin = new Client(redoubt.url, redoubt.adminKey);
    for (let call = 0; call < 40; call += 1) await detect();
  });
  afterAll(async () => {
    await redoubt.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

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
    ['action=text.processed,text.eaten', 'action', 'enum'],
    ['category=cookery', 'category', 'enum'],
    ['actor_type=ghost', 'actor_type', 'enum'],
    ['ip_address=127.0.0.1', 'ip_address', 'unknown'],
  ])('refuses %s', async (query, field, constraint) => {
    const { status, body } = await admin.get(`${LOGS}?${query}`);
    expect(status).toBe(400);
    expect(body.error.details).toMatchObject({ field, constraint });
  });

  it('says what there is to filter by', async () => {
    const refused = async (query: string) => (await admin.get(`${LOGS}?${query}`)).body.error.details.allowed;
    expect(await refused('category=cookery')).toEqual([
      ...['authentication', 'conversations', 'files', 'models', 'administration', 'system'],
    ]);
    expect(await refused('action=eaten')).toEqual(
      expect.arrayContaining(['text.detected', 'api_key.created']),
    );
  });

  it('is the same under its other name, with and without a slash', async () => {
    const query = 'action=text.detected&page_size=3';
    const { body } = await admin.get(`${LOGS}?${query}`);
    for (const path of ['/api/v1/auditlogs', '/api/v1/auditlogs/', `${LOGS}/`])
      expect((await admin.get(`${path}?${query}`)).body).toEqual(body);
  });

  it('is filtered by several actions, by category and by who did it', async () => {
    const both = await list('action=text.detected, api_key.created&page_size=100');
    expect(new Set(both.data.map(({ action }) => action))).toEqual(
      new Set(['text.detected', 'api_key.created']),
    );
    expect((await list('category=authentication&action=text.detected')).total).toBe(0);
    expect((await list('category=conversations')).total).toBe(0);
    expect((await list('category=models')).total).toBe((await list('action=text.detected')).total);
    const [entry] = (await list('category=authentication')).data;
    expect(entry).toMatchObject({ user_name: 'Administrator', user_email: '', subject_user_id: null });
    expect((await list(`user_id=${entry?.user_id}&category=authentication`)).data).toContainEqual(entry);
    expect((await list('actor_type=system')).data.map(({ action }) => action)).not.toContain('text.detected');
  });

  it('shows members their own part, administrators all, and those of the instance all blindly', async () => {
    const person = { username: 'quartermaine', email: 'iq@example.com', password: 'a long and odd one' };
    const made = await admin.post(
      '/api/v1/auth/register',
      { ...person, first_name: 'Ignatius' },
      { key: '' },
    );
    expect(made.status).toBe(201);
    const { token, user } = made.body;
    await admin.post('/api/v1/projects', { name: 'Birds' }, { key: token });
    const at = `${LOGS}?organization_id=${user.organization_id}&action=project.created`;
    const [seen] = (await admin.get(at, { key: token })).body.data;
    expect(seen).toMatchObject({
      ...{ user_id: user.id, user_name: 'Ignatius', user_email: 'iq@example.com', ip_address: '127.0.0.1' },
      details: { version: 1, legal_hold: false },
    });
    const closed = { ip_address: null, user_agent: null, method_used: null, policy_id: null };
    expect((await admin.get(at)).body.data).toEqual([{ ...seen, ...closed, details: null }]);
    expect((await list('action=project.created')).data.map(({ id }) => id)).toContain(seen.id);
    const home = (await list('action=text.detected&page_size=1')).data[0]?.organization_id;
    expect((await admin.get(`${LOGS}?organization_id=${home}`, { key: token })).body.total).toBe(0);

    const invited = { email: person.email, role: 'viewer' };
    const invitation = await admin.post(`/api/v1/organizations/${home}/invitations`, invited);
    const accepted = { token: invitation.body.token };
    await admin.post('/api/v1/invitations/accept', accepted, { key: token });
    const own = (await admin.get(`${LOGS}?organization_id=${home}`, { key: token })).body.data;
    expect(own.map(({ action }: Entry) => action)).toContain('invitation.accepted');
    expect(own.filter((entry: Entry) => ![entry.user_id, entry.subject_user_id].includes(user.id))).toEqual(
      [],
    );
  });

  it('is no other with a page than with a cursor', async () => {
    const first = await list('page_size=5&action=text.detected');
    const second = await list('page=2&page_size=5&action=text.detected');
    const next = await list(`page_size=5&action=text.detected&cursor=${first.next_cursor}`);
    expect(next.data).toEqual(second.data);
    expect(next.total).toBe(second.total);
  });

  it('keeps old entries in an archive, where they are verified, found and refused as they were', async () => {
    const log = new AgedLog(redoubt);
    const { owner, id } = await log.ago(40, async () => {
      const made = await new People(redoubt).owner('archivist');
      return { owner: made, id: await log.add(made.organization, 270, 40) };
    });
    const { client } = owner;
    const segments = async (query = '') => (await client.get(`${LOGS}/segments?${query}`)).body;
    const content = async (segment: string, by = client) => {
      const { status, bytes } = await by.get(`${LOGS}/segments/${segment}`);
      const text = bytes.toString();
      return { status, text, code: status === 200 ? '' : JSON.parse(text).error.code };
    };
    const set = await client.patch('/api/v1/settings', { audit_retention_days: 30 });
    expect(set.body).toMatchObject({ audit_retention_days: 30, audit_retention_action: 'archive' });
    await log.announced();
    const [announced] = (await segments('status=announced')).data;
    expect(announced).toMatchObject({ first_leaf: 0, last_leaf: 255, taken_at: null, size_bytes: null });
    expect(await content(announced.id)).toMatchObject({ status: 409, code: 'AUDIT_SEGMENT_NOT_TAKEN' });
    const old = (await client.get(`${LOGS}/proof?from_size=1&size=200`)).body;
    await log.taken();

    const [segment] = (await segments('status=archived&order=asc')).data;
    expect(segment).toEqual({
      ...{ ...announced, announced_at: expect.any(String), status: 'archived' },
      ...{ taken_at: expect.any(String), size_bytes: expect.any(Number) },
    });
    const { status, text } = await content(segment.id);
    expect(status).toBe(200);
    const verified = verifyByCommand(folder, text, old.checkpoint, old.verifier_key);
    expect([verified.code, verified.said]).toEqual([0, expect.stringContaining('leaves 0 to 255 of')]);
    expect(verified.said).toContain('goes on from the checkpoint given, of 200 leaves');
    const [told] = (await client.get(`${LOGS}?action=audit_log.exported&page_size=1`)).body.data;
    expect(told).toMatchObject({
      target_type: 'audit_segment',
      target_id: segment.id,
      counts: { entries: 256 },
    });
    const whole = () => client.get(`${LOGS}/export`);
    expect(verifyByCommand(folder, (await whole()).bytes.toString(), old.checkpoint).said).not.toContain(
      'retention',
    );
    const last = Number(
      text
        .split('\n')
        .at(-3)
        ?.match(/"number":(\d+)/)?.[1],
    );
    const archivedId = JSON.parse(text.split('\n').at(-3) ?? '').entry.id;
    const proof = (await client.get(`${LOGS}/proof?id=${archivedId}`)).body.entry;
    expect([proof.leaf, JSON.parse(proof.text).number]).toEqual([255, last]);
    expect((await client.get(`${LOGS}/proof?id=${id}`)).body.entry.leaf).toBeGreaterThan(255);

    const nobody = `${segment.id.slice(0, -8)}zzzzzzzz`;
    expect(await content(segment.id, admin)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect(await content(nobody)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await segments('status=lost')).error.details).toMatchObject({
      field: 'status',
      constraint: 'enum',
    });

    const files = join(redoubt.dataDir, 'files');
    const [object = ''] = readdirSync(files, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('obj_'),
    );
    const bytes = readFileSync(join(files, object));
    expect([bytes.length, bytes.includes('text.detected')]).toEqual([segment.size_bytes, false]);
    bytes.writeUInt8(bytes.readUInt8(99) ^ 1, 99);
    writeFileSync(join(files, object), bytes);
    expect(await content(segment.id)).toMatchObject({ status: 500, code: 'AUDIT_SEGMENT_UNREADABLE' });
    const { said } = verifyByCommand(folder, (await whole()).bytes.toString(), old.checkpoint);
    expect(said).toContain('256 entries are kept no longer');
  });
});
