import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Answer, type Call, Client } from '../support/client.js';
import { type Contract, type Operation, operationsOf, queryOf } from '../support/contract.js';
import { embeddedUrl } from '../support/database-dump.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATIENCE_MS = 60_000;
const NOTE = 'John Smith called from 555-123-4567 about john@example.com.';

/** What a parameter of a path names, by the segment before it. */
const KINDS: Readonly<Record<string, string>> = {
  projects: 'project',
  documents: 'document',
  files: 'file',
  id: 'file',
  jobs: 'job',
  tasks: 'task',
  resources: 'resource',
  batches: 'batch',
  redactions: 'redaction',
  organizations: 'organization',
  environments: 'environment',
  variables: 'variable',
  knowledge: 'knowledge base',
  chats: 'chat',
  prompts: 'prompt',
  assistants: 'assistant',
  tools: 'tool',
  webhooks: 'webhook',
  deliveries: 'delivery',
  erasures: 'erasure',
};

type Things = Readonly<Record<string, string>>;

interface Named {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly call: Call;
}

/** A body as the contract's example gives it, or the form that an upload is. */
function bodyOf({ requestBody }: Operation): Call {
  const json = requestBody?.content['application/json'];
  if (json) return { json: json.example ?? Object.values(json.examples ?? {})[0]?.value ?? {} };
  if (!requestBody?.content['multipart/form-data']) return {};
  const form = new FormData();
  form.set('file', new Blob(['a']), 'a.txt');
  return { form };
}

/** Every request of a contract that names some of these things, and nothing else, in its path. */
function requestsFor(surface: string, contract: Contract, things: Things): Named[] {
  return operationsOf(contract).flatMap(({ path, method, operation }) => {
    let known = path.includes('{');
    const filled = path.replaceAll(/([a-z-]+)\/\{([a-z_]+)\}/g, (_, before: string) => {
      const kind = `${KINDS[before]}${surface === 'keynest' ? ' number' : ''}`;
      known &&= things[kind] !== undefined;
      return `${before}/${things[kind]}`;
    });
    if (!known || filled.includes('{')) return [];
    const scheme = surface === 'keynest' ? 'Token' : 'Bearer';
    const name = `${method.toUpperCase()} ${path} (${surface})`;
    const target = filled + queryOf(operation);
    return [{ name, method: method.toUpperCase(), path: target, call: { ...bodyOf(operation), scheme } }];
  });
}

/** The same path with ids of the same form that nothing has. */
const missing = (path: string): string =>
  path.replaceAll(/([a-z]+_[0-9a-z]{18})[0-9a-z]{8}/g, '$1zzzzzzzz').replaceAll(/\/\d+(?=\/)/g, '/987654321');

/** What two answers may differ in: ids and times. */
const comparable = (text: string): string =>
  text.replaceAll(/[a-z]+_[0-9a-z]{26}/g, '<id>').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');

describe('the sandbox', () => {
  let redoubt: RedoubtProcess;
  let database: InstanceType<typeof pg.Client>;
  let live: Client;
  let test: Client;
  let testKey: string;
  let owned: { readonly live: Things; readonly test: Things };

  const newKey = async (settings: object, by = live): Promise<Answer> =>
    by.post('/api/v1/api-keys', { name: 'Trial', scopes: ['*'], ...settings });

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    live = new Client(redoubt.url, redoubt.adminKey);
    const { status, body } = await newKey({ mode: 'test' });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ mode: 'test', plan: 'sandbox', default_project_id: null, limits: null }),
    ]);
    testKey = body.key;
    expect(testKey).toMatch(/^sk_test_/);
    test = new Client(redoubt.url, testKey);
    owned = { live: await makeThings(live, 'live'), test: await makeThings(test, 'test') };
    database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await redoubt?.dispose();
  });

  async function makeThings(client: Client, name: string): Promise<Things> {
    const make = async (path: string, json: object) => {
      const { status, body } = await client.post(path, json);
      expect([path, status]).toEqual([path, expect.any(Number)]);
      expect([path, status < 300]).toEqual([path, true]);
      return body;
    };
    const project = await make('/api/v1/projects', { name: `Project of ${name}` });
    const environment = await make('/api/v1/environments', { name: 'production', project_id: project.id });
    const chat = await make('/api/v1/chats', { title: 'Pads', project_id: project.id });
    const prompt = await make('/api/v1/prompts', { command: '/pads', title: 'Pads', content: 'Which pads?' });
    const assistant = await make('/api/v1/assistants', { name: 'Pads', model: 'local-extractive' });
    const request = { method: 'GET', url: 'https://tools.invalid/' };
    const tool = await make('/api/v1/tools', { name: 'parts', request });
    const webhook = await make('/api/v1/webhooks', { url: 'https://hooks.invalid/', events: ['*'] });
    const delivery = await make(`/api/v1/webhooks/${webhook.id}/ping`, {});
    const knowledge = await make('/api/v1/knowledge', { name: 'Catalogs', project_id: project.id });
    const erasure = await make('/api/v1/erasures', { type: 'OTHER', value: `nobody of ${name}` });
    const secret = { environment_id: environment.id, key: 'SECRET', value: `the secret of ${name}` };
    const variable = await make('/api/v1/variables', secret);
    const resource = await make('/api/v1/resources', { name: 'Policy', type: 'processor', config: {} });
    const form = new FormData();
    form.set('file', new Blob([NOTE]), 'letter.txt');
    form.set('project_id', project.id);
    const upload = (await client.send('POST', '/api/v1/documents', { form })).body;
    const batch = await make('/api/v1/batch', { documents: [{ id: 'a', data: 'text' }], async: true });
    const redaction = await make(`/api/v1/projects/${project.id}/redactions`, {});
    const job: string = redaction.job_id ?? redaction.id;
    const tasks = (await client.get(`/api/v1/jobs/${job}/tasks`)).body;
    const { processed_data } = await make('/api/v1/process', { data: NOTE, method: 'tokenization' });
    return {
      project: project.id,
      'project number': String(project.number),
      organization: project.organization_id,
      document: upload.document_id ?? upload.id,
      file: upload.file_id,
      resource: resource.id,
      environment: environment.id,
      'knowledge base': knowledge.id,
      chat: chat.id,
      prompt: prompt.id,
      assistant: assistant.id,
      tool: tool.id,
      webhook: webhook.id,
      delivery: delivery.id,
      erasure: erasure.id,
      variable: variable.id,
      batch: batch.batch_id ?? batch.id,
      redaction: redaction.id,
      job,
      task: tasks.data[0].id,
      tokens: processed_data,
    };
  }

  const sees = async (client: Client, things: Things): Promise<void> => {
    const { status } = await client.get(`/api/v1/documents/${things.document}`);
    expect(status).toBe(200);
  };

  it('is reached by keys that lists show as of this mode, with the first project as their own', async () => {
    const shown = (await live.get('/api/v1/api-keys?mode=test')).body.data;
    expect(shown).toEqual([
      expect.objectContaining({ mode: 'test', hint: expect.stringMatching(/^sk_test_/) }),
    ]);
    expect((await live.get('/api/v1/api-keys')).body.total).toBe(2);
    const projects = (await test.get('/api/v1/projects?order=asc')).body.data;
    expect(projects.map(({ name }: { name: string }) => name)).toEqual(['Sandbox', 'Project of test']);
    expect(projects[0].organization_id).toBe(owned.test.organization);
    expect(owned.test.organization).not.toBe(owned.live.organization);
    const { status, body } = await live.post('/v1/api-keys', {
      name: 'Platform',
      scopes: ['detect'],
      mode: 'test',
    });
    expect([status, body.data.mode]).toEqual([201, 'test']);
    expect((await live.delete(`/v1/api-keys/${body.data.id}`)).status).toBe(204);
  });

  it('sees nothing live, and nothing live sees it, by whatever names it', async () => {
    const surfaces = ['core', 'platform', 'sero', 'keynest'];
    let asked = 0;
    for (const surface of surfaces) {
      const file = surface === 'core' ? '/openapi.json' : `/openapi/${surface}.json`;
      const contract = (await (await fetch(redoubt.url + file)).json()) as Contract;
      for (const [client, things] of [
        [test, owned.live],
        [live, owned.test],
      ] as const)
        for (const { name, method, path, call } of requestsFor(surface, contract, things)) {
          const [foreign, nothing] = [
            await client.send(method, path, call),
            await client.send(method, missing(path), call),
          ];
          expect([name, client === test, foreign.status, comparable(foreign.text)]).toEqual([
            ...[name, client === test, nothing.status, comparable(nothing.text)],
          ]);
          expect([name, foreign.status, [403, 404, 422].includes(foreign.status)]).toEqual([
            name,
            foreign.status,
            true,
          ]);
          asked += 1;
        }
    }
    expect(asked).toBeGreaterThan(100);
    await sees(live, owned.live);
    await sees(test, owned.test);
  });

  it('has lists of its own, and tokens that mean nothing elsewhere', async () => {
    for (const list of [
      ...['projects', 'documents', 'jobs', 'resources', 'environments', 'variables'],
      'audit-logs?page_size=100',
    ]) {
      const [ours, theirs] = [
        (await live.get(`/api/v1/${list}`)).text,
        (await test.get(`/api/v1/${list}`)).text,
      ];
      for (const id of Object.values(owned.test)) expect([list, ours.includes(id)]).toEqual([list, false]);
      for (const id of Object.values(owned.live)) expect([list, theirs.includes(id)]).toEqual([list, false]);
    }
    for (const [client, own, foreign] of [
      [live, owned.live, owned.test],
      [test, owned.test, owned.live],
    ] as const) {
      expect((await client.post('/api/v1/detokenize', { data: own.tokens })).body.data).toBe(NOTE);
      expect((await client.post('/api/v1/detokenize', { data: foreign.tokens })).body).toMatchObject({
        data: foreign.tokens,
        restored: 0,
      });
    }
    for (const header of ['live', 'test'] as const) {
      const client = header === 'live' ? test : live;
      const headers = { 'X-Organization-Id': owned[header].organization ?? '' };
      const { text } = await client.get('/api/v1/projects', { headers });
      expect(text).not.toContain(owned[header].project);
    }
  });

  it('lets nobody out: its keys make, see and change test keys alone', async () => {
    expect((await newKey({ mode: 'live' }, test)).body.error).toMatchObject({ code: 'MODE_NOT_HELD' });
    const made = (await newKey({}, test)).body;
    expect(made).toMatchObject({ mode: 'test', organization_id: owned.test.organization });
    const listed = (await test.get('/api/v1/api-keys')).body.data;
    expect(new Set(listed.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(['test']));
    const [liveKey] = (await live.get('/api/v1/api-keys?mode=live')).body.data;
    expect((await test.get(`/api/v1/api-keys/${liveKey.id}`)).status).toBe(404);
    expect((await test.delete(`/api/v1/api-keys/${liveKey.id}`)).status).toBe(404);
    for (const field of ['plan', 'default_project_id'] as const) {
      const value = field === 'plan' ? 'unlimited' : owned.live.project;
      const { status, body } = await newKey({ mode: 'test', [field]: value });
      expect([status, body.error.details.field]).toEqual([400, field]);
    }
    const rotated = await test.post(`/api/v1/api-keys/${made.id}/rotate`, {});
    expect(rotated.body.key).toMatch(/^sk_test_/);
    expect((await live.delete(`/api/v1/api-keys/${made.id}`)).status).toBe(204);
    expect((await test.get('/api/v1/projects', { key: rotated.body.key })).status).toBe(401);
  });

  it('counts no requests, and bounds sizes and what runs at a time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { headers } = await test.get('/api/v1/projects');
      expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
        '1000000',
        '1000000',
      ]);
      expect(headers.get('ratelimit-policy')).toContain('"concurrent";q=10');
    }
    const form = new FormData();
    form.set('file', new Blob([Buffer.alloc(10 * 2 ** 20 + 1, 'a')]), 'large.txt');
    form.set('project_id', owned.test.project ?? '');
    expect((await test.send('POST', '/api/v1/documents', { form })).status).toBe(413);
    const documents = [{ id: 'a', data: 'a'.repeat(10 * 2 ** 20) }];
    expect((await test.post('/api/v1/batch', { documents })).status).toBe(413);
  });

  it('is another one after midnight, for the same keys, without a wrong answer or noise between', async () => {
    const old = owned.test.organization;
    const documents = Array.from({ length: 2_000 }, (_, id) => ({ id: String(id), data: NOTE }));
    expect(
      (await test.post('/api/v1/batch', { documents, async: true, method: 'tokenization' })).status,
    ).toBe(202);
    const files = await database.query('SELECT object_key FROM files WHERE organization_id = $1', [old]);
    const objects = files.rows.map((row) => String(row.object_key));
    const stored = () => readdirSync(join(redoubt.dataDir, 'files'), { recursive: true }).map(String);
    expect(objects.filter((key) => stored().some((name) => name.endsWith(key))).length).toBeGreaterThan(0);
    const quiet = redoubt.log.length;
    const statuses = new Set<number>();
    let over = false;
    const ask = async (): Promise<void> => {
      while (!over) {
        const json = { data: NOTE, method: 'tokenization' };
        statuses.add((await test.post('/api/v1/process', json)).status);
        statuses.add((await test.get('/api/v1/documents')).status);
      }
    };
    const asking = Promise.all([ask(), ask(), ask()]);
    // What was made yesterday is due.
    await database.query("UPDATE organizations SET created_at = now() - interval '1 day' WHERE id = $1", [
      old,
    ]);
    await until(async () => (await test.get(`/api/v1/projects/${owned.test.project}`)).status === 404);
    await sleep(1_500);
    over = true;
    await asking;
    expect([...statuses].filter((status) => ![200, 404, 503].includes(status))).toEqual([]);
    const { data } = (await test.get('/api/v1/projects')).body;
    expect(data).toEqual([expect.objectContaining({ name: 'Sandbox' })]);
    expect(data[0].organization_id).not.toBe(old);
    expect((await test.post('/api/v1/detokenize', { data: owned.test.tokens })).body.restored).toBe(0);
    const erased = 'SELECT FROM organizations WHERE id = $1 AND erased_at IS NOT NULL';
    await until(async () => (await database.query(erased, [old])).rowCount === 1);
    await until(async () => objects.every((key) => !stored().some((name) => name.endsWith(key))));
    await sees(live, owned.live);
    expect((await live.get('/api/v1/audit-logs?action=sandbox.renewed')).body.total).toBe(1);
    expect(redoubt.log.slice(quiet)).not.toMatch(/a task failed|could not be taken|"level":"?(?:50|error)/);
  });

  async function until(done: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50)) if (await done()) return;
    throw new Error('it does not come to that');
  }
});
