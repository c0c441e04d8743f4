import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { DatabaseCopy } from '../support/database-copy.js';
import { dumpDatabase, embeddedUrl } from '../support/database-dump.js';
import { ErasableFiles, objectsOf } from '../support/erasable-files.js';
import { ErasablePlaces } from '../support/erasable-places.js';
import { isVerified } from '../support/erasure-record.js';
import { MockUpstream } from '../support/mock-upstream.js';
import { MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { queueBackends, TestRedis } from '../support/test-redis.js';

jest.setTimeout(120_000);

const WAIT_MS = 30_000;
const NAME = 'Aurelia Quandtfeld';
const PHONE = '+49 170 5551234';

const VALUE = { type: 'PERSON_NAME', value: NAME };
const LETTERS = { type: 'PERSON_NAME', value: 'Ottilie Brandweiner' };
const HAS_NAME = expect.stringMatching(/Aurelia Quandtfeld/i);

const entryFrom = (ip_address: string | null, more: object = {}) =>
  expect.objectContaining({ ip_address, user_agent: ip_address && 'node', ...more });

describe('erasures', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let redis: TestRedis | undefined;
  let places: ErasablePlaces;
  const letters = new ErasableFiles(LETTERS.value);
  let backup: DatabaseCopy | undefined;
  /** What was deleted after the copy of the database was made. */
  let gone: [path: string, key: string][] = [];
  let destroyed = '';

  const settled = async (answer: Answer): Promise<Answer['body']> => {
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const { body } = await client.get(`/api/v1/erasures/${answer.body.id}`);
      if (body.status === 'completed' || body.status === 'failed') return body;
      if (Date.now() > until) throw new Error(`still ${body.status}`);
    }
  };
  const erase = async (json: object): Promise<Answer['body']> =>
    settled(await client.post('/api/v1/erasures', json));

  const expectGone = async (): Promise<void> => {
    for (const [place, text] of Object.entries(await places.shown())) {
      expect([place, text]).toEqual([place, expect.not.stringMatching(/Aurelia|Quandtfeld/i)]);
      expect(text).not.toContain('"error":{');
    }
  };

  /** The queue until a database is restored, which PostgreSQL's then finds. */
  const overRedis = (): Record<string, string> => (redis ? { REDIS_URL: redis.url } : {});
  const start = async (settings: Record<string, string> = {}): Promise<void> => {
    redoubt = await RedoubtProcess.start({ ...MANY_ACCOUNTS, ...settings }, redoubt.dataDir);
    client = new Client(redoubt.url, redoubt.adminKey);
  };
  const copyDatabase = async (): Promise<void> => {
    await redoubt.stop();
    backup = new DatabaseCopy(redoubt.dataDir);
    await start(overRedis());
  };
  const restoreDatabase = async (): Promise<void> => {
    await redoubt.stop();
    backup?.restore();
    await start(backup?.knowingly());
  };

  beforeAll(async () => {
    if (queueBackends('the search of Redis for what was erased').includes('Redis'))
      redis = await TestRedis.start();
    [redoubt, mock] = await Promise.all([
      RedoubtProcess.start({ ...MANY_ACCOUNTS, ...overRedis() }),
      MockUpstream.start(),
    ]);
    client = new Client(redoubt.url, redoubt.adminKey);
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    places = new ErasablePlaces(() => client, mock, NAME, PHONE);
    await places.fill();
    await letters.fill(client);
  });
  afterAll(async () => {
    backup?.remove();
    await redoubt?.dispose();
    await Promise.all([mock?.stop(), redis?.stop()]);
  });

  it('are rehearsed without harm', async () => {
    const before = await places.shown();
    for (const [place, text] of Object.entries(before)) expect([place, text]).toEqual([place, HAS_NAME]);
    const { status, body } = await client.post('/api/v1/erasures', { ...VALUE, dry_run: true });
    const counts = expect.objectContaining({ tokens: 2, documents_found: 1, documents_unread: 1 });
    const documents = expect.objectContaining({ action: 'keep', total: 8, searched: 8 });
    expect([status, body]).toEqual([200, { dry_run: true, counts, documents }]);
    expect((await client.get('/api/v1/erasures')).body.total).toBe(0);
    expect(Object.keys(await places.shown())).toEqual(Object.keys(before));
    for (const [place, text] of Object.entries(await places.shown()))
      expect([place, text]).toEqual([place, HAS_NAME]);
  });

  it('take a value out of every place, and say so in a record that anybody verifies', async () => {
    const people = new People(redoubt);
    const { client: owner, email } = await people.owner('doomed');
    const doomed = (await owner.post('/api/v1/organizations', { name: 'Doomed' })).body.id;
    const { id } = await places.made('/api/v1/projects', { name: 'Doomed' });
    const key = (await people.login(email)).body.token;
    const made = async (path: string, json: object) => (await places.made(`/api/v1/${path}`, json)).id;
    const [ended, kept] = [
      await made('environments', { name: 'ended' }),
      await made('environments', { name: 'kept' }),
    ];
    const variable = await made('variables', { environment_id: kept, key: 'KEY', value: 'an old value' });
    await client.patch(`/api/v1/variables/${variable}`, { value: 'a new value' });
    await copyDatabase();
    destroyed = `/api/v1/variables/${variable}/versions/1`;
    gone = [
      [`projects/${id}`, redoubt.adminKey],
      [`organizations/${doomed}`, key],
      [`environments/${ended}`, redoubt.adminKey],
    ];
    for (const [path, by] of gone)
      expect((await client.delete(`/api/v1/${path}`, { key: by })).status).toBe(204);
    expect((await client.delete(destroyed)).status).toBe(204);
    // Who was told that it is gone need not wait for anything else.
    const entries = readdirSync(join(redoubt.dataDir, 'ledger', 'erasures'));
    expect(entries).toEqual(
      expect.arrayContaining([id, ended].map((each) => each.replace(/^[a-z]+_/, 'erasure_'))),
    );
    const { body: rehearsed } = await client.post('/api/v1/erasures', { ...VALUE, dry_run: true });
    const erasure = await erase({ ...VALUE, reason: `${NAME} asked for it` });
    expect(erasure).toMatchObject({
      ...{ status: 'completed', subject: { type: 'PERSON_NAME' }, reason: '[ERASED] asked for it' },
      ...{ error_code: null, reapplied_at: null },
      // The reason has it too.
      counts: { ...rehearsed.counts, erasures: 1 },
      documents: rehearsed.documents,
    });
    expect(erasure.documents).toMatchObject({ action: 'keep', found_ids: [places.document] });
    expect((await client.get(`/api/v1/documents/${places.document}`)).status).toBe(200);
    await expectGone();
    expect(isVerified(erasure.record)).toBe(true);
    const statement = erasure.record.statement.replace('"tokens":2', '"tokens":3');
    expect(isVerified({ ...erasure.record, statement })).toBe(false);
    expect(JSON.parse(erasure.record.statement)).toMatchObject({
      ...{ id: erasure.id, subject: { type: 'PERSON_NAME' }, counts: erasure.counts },
    });
  });

  const FORMS = [NAME, NAME.toUpperCase(), NAME.toLowerCase(), Buffer.from(NAME).toString('base64')];
  const has = (bytes: Buffer | string): boolean =>
    FORMS.some((form) => (typeof bytes === 'string' ? bytes.includes(form) : bytes.indexOf(form) >= 0));

  it('leave nothing of it in Redis, under no key of any type', async () => {
    // Without one the suite has said so.
    if (!redis) return;
    const contents = await redis.contents();
    expect(contents.includes('redoubt-tasks')).toBe(true);
    expect(has(contents)).toBe(false);
    const probe = redis.connect();
    await probe.hset('probe', 'any', `of ${NAME}`);
    expect(has(await redis.contents())).toBe(true);
    await probe.del('probe');
    probe.disconnect();
  });

  it('leave no byte of it in the database, in files, or in what was logged', async () => {
    expect(has(`: ${NAME}.`)).toBe(true);
    const columns = await dumpDatabase(embeddedUrl(redoubt.dataDir));
    expect(columns.filter(({ content }) => has(content)).map(({ name }) => name)).toEqual([]);
    const files = readdirSync(redoubt.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => has(readFileSync(file)))).toEqual([]);
    expect(has(redoubt.log)).toBe(false);
  });

  it('find the documents in whose files a value stands, and delete them where that is asked for', async () => {
    const { report, counts: found } = letters;
    const { body } = await client.post('/api/v1/erasures', {
      ...LETTERS,
      documents: 'delete',
      dry_run: true,
    });
    expect(body).toMatchObject({
      counts: { ...found, documents_held: 1 },
      documents: { ...report, action: 'delete' },
    });
    expect(await letters.statuses(client)).toEqual([200, 200, 200, 200]);
    const before = await objectsOf(redoubt);
    const erasure = await erase({ ...LETTERS, documents: 'delete' });
    expect(erasure).toMatchObject({
      counts: { ...found, documents_deleted: 4, documents_held: 1, held_projects: 1 },
      documents: { ...report, action: 'delete' },
    });
    expect(JSON.parse(erasure.record.statement).counts).toEqual(erasure.counts);
    expect(await letters.statuses(client)).toEqual([404, 404, 404, 404]);
    expect(await letters.statuses(client, [...letters.held, ...letters.unread, ...letters.others])).toEqual([
      ...[200, 200, 200],
    ]);
    expect(await objectsOf(redoubt, before - 4)).toBe(before - 4);
    const told = await client.get(`/api/v1/audit-logs?action=document.deleted&target_id=${letters.found[1]}`);
    expect(told.body.data).toEqual([expect.objectContaining({ details: { reason: 'erasure' } })]);
    expect((await client.post('/api/v1/erasures', { user_id: 'user_x', documents: 'delete' })).status).toBe(
      400,
    );
  });

  it('do not touch what comes later: the value gets other tokens, which are good', async () => {
    const text = `${NAME} is back.`;
    const { processed_data } = (await client.post('/api/v1/process', { data: text, method: 'tokenization' }))
      .body;
    const [token] = /PERSON_NAME-[0-9A-Z]+/.exec(processed_data) ?? [];
    expect(places.tokens).not.toContain(token);
    expect((await client.post('/api/v1/detokenize', { data: processed_data })).body.data).toBe(text);
    expect((await client.post('/api/v1/detokenize', { data: places.tokens })).body).toMatchObject({
      ...{ restored: 1, unresolved: [{ reason: 'erased' }] },
    });
    expect((await erase(VALUE)).counts).toMatchObject({ tokens: 1 });
  });

  it('hold when a document is read anew from its file', async () => {
    const { status, body } = await client.post(places.reindex, {});
    expect([status, body]).toEqual([202, expect.objectContaining({ type: expect.any(String) })]);
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const job = (await client.get(`/api/v1/jobs/${body.id}`)).body;
      if (job.status === 'completed') break;
      if (Date.now() > until || job.status === 'failed') throw new Error(`the job is ${job.status}`);
    }
    await expectGone();
    expect((await places.shown())['knowledge search']).toContain('head of the house is ██████████████████,');
  });

  it('of a person end their account and leave what they did', async () => {
    const { id, client: person } = await new People(redoubt).person('liv.brandt@example.org', {
      ...{ first_name: 'Liv', last_name: 'Brandt' },
      ...{ organization_id: (await client.get('/api/v1/auth/profile')).body.organization_id },
    });
    const chat = (await person.post('/api/v1/chats', { title: 'Mine' })).body;
    const prompt = { command: '/mine', title: 'Mine', content: 'Mine.' };
    expect((await person.post('/api/v1/prompts', prompt)).status).toBe(201);
    const entries = async () =>
      (await client.get(`/api/v1/audit-logs?user_id=${id}&action=chat.created,prompt.created`)).body.data;
    expect(await entries()).toEqual([entryFrom('127.0.0.1'), entryFrom('127.0.0.1')]);
    const erasure = await erase({ user_id: id });
    expect(erasure).toMatchObject({
      ...{ status: 'completed', subject: { user_id: id, account: true } },
      counts: { accounts: 1, chats: 1, prompts: 1, memberships: 1, login_tokens: 1 },
    });
    expect(erasure.counts.audit_details).toBeGreaterThan(2);
    expect((await person.get(`/api/v1/chats/${chat.id}`)).status).toBe(401);
    expect((await client.get(`/api/v1/users/${id}`)).status).toBe(404);
    const nobody = entryFrom(null, { user_name: '', user_email: '', details: null });
    expect(await entries()).toEqual([nobody, nobody]);
    const told = await client.get(`/api/v1/audit-logs?target_id=${erasure.id}`);
    expect(told.body.data.map(({ action }: { action: string }) => action)).toEqual([
      'erasure.completed',
      'erasure.created',
    ]);
    expect((await erase({ user_id: id })).counts).toEqual({ held_projects: 1 });
  });

  it.each([
    ['a person and a value', { user_id: 'user_01k9zq3v8x6m2n4p5r7s9t0w20', ...VALUE }, 400],
    ['neither', {}, 400],
    ['a value without its type', { value: NAME }, 400],
    ['a value that stands everywhere', { type: 'PERSON_NAME', value: 'Al' }, 422],
    ['nobody', { user_id: 'user_01k9zq3v8x6m2n4p5r7s9t0w20' }, 404],
  ])('of %s are refused', async (_, json, status) => {
    const { total } = (await client.get('/api/v1/erasures')).body;
    for (const dry_run of [false, true])
      expect((await client.post('/api/v1/erasures', { ...json, dry_run })).status).toBe(status);
    expect((await client.get('/api/v1/erasures')).body.total).toBe(total);
  });

  it('of oneself, or by somebody who does not administer the organization, are refused', async () => {
    const { id } = (await client.get('/api/v1/auth/profile')).body;
    const own = await client.post('/api/v1/erasures', { user_id: id });
    expect([own.status, own.body.error.code]).toEqual([409, 'OWN_ACCOUNT']);
    const people = new People(redoubt);
    const { client: viewer, id: viewerId } = await people.person('viewer@example.org');
    const owner = await people.owner('ursula');
    expect((await viewer.post('/api/v1/erasures', VALUE)).status).toBe(403);
    expect((await owner.client.post('/api/v1/erasures', { user_id: viewerId })).status).toBe(404);
    expect((await owner.client.post('/api/v1/erasures', { user_id: id })).status).toBe(404);
    const { status, body } = await owner.client.post('/api/v1/erasures', { ...VALUE, dry_run: true });
    expect([status, body.counts]).toEqual([200, {}]);
  });

  it('with an Idempotency-Key happen once', async () => {
    const headers = { 'idempotency-key': 'erase-once' };
    const once = await client.post('/api/v1/erasures', VALUE, { headers });
    const again = await client.post('/api/v1/erasures', VALUE, { headers });
    expect([once.status, again.status, again.body.id]).toEqual([202, 202, once.body.id]);
    await settled(once);
  });

  it('know projects and organizations that were deleted, whose keys a restored database has again', async () => {
    const entries = [
      (gone[0]?.[0] ?? '').replace('projects/proj_', 'erasure_'),
      (gone[1]?.[0] ?? '').replace('organizations/', ''),
    ];
    const ledger = join(redoubt.dataDir, 'ledger', 'erasures');
    for (const until = Date.now() + WAIT_MS; ; await sleep(200)) {
      if (entries.every((entry) => readdirSync(ledger).includes(entry))) break;
      if (Date.now() > until) throw new Error(`not in the ledger: ${entries}`);
    }
    const { body } = await client.get(`/api/v1/erasures/${entries[0]}`);
    expect(body).toMatchObject({ status: 'completed', counts: { projects: 1 }, requested_by: null });
    expect(isVerified(body.record)).toBe(true);
  });

  it('are done again in a database that was restored from before them, before anybody is served', async () => {
    const before = (await client.get('/api/v1/erasures?page_size=100')).body.data;
    await restoreDatabase();
    await expectGone();
    // Before their files were looked into again: the ledger knows which they were.
    expect(await letters.statuses(client)).toEqual([404, 404, 404, 404]);
    for (const { id } of before) await settled({ status: 202, body: { id }, text: '' } as Answer);
    for (const [path, key] of gone)
      expect([path, (await client.get(`/api/v1/${path}`, { key })).status]).toEqual([path, 404]);
    expect((await client.get(destroyed)).body).toMatchObject({
      decrypted_value: null,
      destroyed_at: expect.any(String),
    });
    const key = gone[1]?.[1];
    expect((await client.get('/api/v1/auth/profile', { key })).status).toBe(200);
    const { data } = (await client.get('/api/v1/erasures?page_size=100')).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual(before.map(({ id }: { id: string }) => id));
    for (const erasure of data)
      expect(erasure).toMatchObject({ status: 'completed', reapplied_at: expect.stringMatching(/Z$/) });
    // There was something to be erased in it.
    const first = data.find(({ counts }: { counts: object }) => 'chat_messages' in counts);
    expect(first.counts).toMatchObject({ tokens: 2, chat_messages: 2, documents_with_value: 1 });
    const told = await client.get('/api/v1/audit-logs?action=erasure.reapplied&page_size=100');
    // The organization has no log that its administrators could read; those of the instance read that it ended again.
    expect(told.body.total).toBe(data.length + 1);
    const targets = told.body.data.map(({ actor_type, target_type }: Record<string, string>) => [
      ...[actor_type, target_type],
    ]);
    expect(targets).toContainEqual(['system', 'organization']);
    expect(targets.filter(([, target]: string[]) => target === 'erasure')).toHaveLength(data.length);
    expect(isVerified(first.record)).toBe(true);
  });

  it('keep a database from being served whose ledger was changed', async () => {
    await redoubt.stop();
    const folder = join(redoubt.dataDir, 'ledger', 'erasures');
    const files = readdirSync(folder).map((entry) => join(folder, entry));
    const [file = ''] = files.filter((name) => readFileSync(name, 'utf8').includes('PERSON_NAME'));
    writeFileSync(file, readFileSync(file, 'utf8').replace('PERSON_NAME', 'PERSON_NAMF'));
    backup?.restore();
    const settings = { ...MANY_ACCOUNTS, ...backup?.knowingly() };
    const refused = await RedoubtProcess.spawn(settings, redoubt.dataDir);
    const { code, output } = await refused.ended;
    expect([code, output]).toEqual([1, expect.stringContaining('The ledger of erasures was changed')]);
  });
});
