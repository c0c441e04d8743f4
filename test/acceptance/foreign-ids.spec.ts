import { AgedLog } from '../support/aged-log.js';
import { type Call, Client } from '../support/client.js';
import { type Contract, type Operation, operationsOf, queryOf } from '../support/contract.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

/** What a segment of a path names, by the segment before it; on KeyNest's surface by its number. */
const KINDS: Readonly<Record<string, string>> = {
  projects: 'project',
  documents: 'document',
  files: 'file',
  id: 'file',
  jobs: 'job',
  tasks: 'task',
  resources: 'resource',
  batches: 'batch',
  tokens: 'login_token',
  'api-keys': 'api_key',
  redactions: 'redaction',
  versions: 'version',
  organizations: 'organization',
  members: 'member',
  invitations: 'invitation',
  shares: 'share',
  'break-glass': 'break_glass',
  users: 'member',
  environments: 'environment',
  variables: 'variable',
  knowledge: 'knowledge_base',
  chats: 'chat',
  prompts: 'prompt',
  assistants: 'assistant',
  tools: 'tool',
  webhooks: 'webhook',
  deliveries: 'delivery',
  erasures: 'erasure',
  segments: 'audit_segment',
  share: 'member',
};

/** Permissions over the whole instance: who has one sees everybody's, who has none is refused whatever the id. */
const INSTANCE = ['user:read', 'admin:read', 'admin:write', 'metrics:read'];

/** Tokens that stand for values name nobody's row: they are asked for within a project. */
const EXCEPT = ['/api/v1/tokens/{token}'];

type Things = Readonly<Record<string, string>>;

interface Case {
  readonly name: string;
  readonly method: string;
  readonly surface: string;
  readonly operation: Operation;
  /** Segments of the path; a parameter with what it names. */
  readonly path: string;
  readonly kinds: readonly { readonly parameter: string; readonly kind: string }[];
}

const parametersOf = (path: string): Case['kinds'] =>
  [...path.matchAll(/([a-z-]+)\/\{([a-z_]+)\}/g)].map(([, before = '', parameter = '']) => ({
    parameter,
    kind: KINDS[before] ?? before,
  }));

function casesOf(surface: string, contract: Contract): Case[] {
  return operationsOf(contract)
    .filter(
      ({ path, operation }) =>
        path.includes('{') && !EXCEPT.includes(path) && operation.security?.length !== 0,
    )
    .filter(({ operation }) => !INSTANCE.includes(String(operation['x-permission'])))
    .map(({ path, method, operation }) => ({
      name: `${method.toUpperCase()} ${path} (${surface})`,
      method: method.toUpperCase(),
      surface,
      operation,
      path,
      kinds: parametersOf(path),
    }));
}

/** An id of the same form that nothing has. */
const missing = (id: string): string => (/^\d+$/.test(id) ? '987654321' : `${id.slice(0, -8)}zzzzzzzz`);

/** A body as the contract's example gives it, or the form that an upload is. */
function bodyOf({ requestBody }: Operation): Call {
  const json = requestBody?.content['application/json'];
  if (json) return { json: json.example ?? Object.values(json.examples ?? {})[0]?.value ?? {} };
  if (!requestBody?.content['multipart/form-data']) return {};
  const form = new FormData();
  form.set('file', new Blob(['a']), 'a.txt');
  return { form };
}

/** What two answers may differ in: ids and times. */
const comparable = (text: string): string =>
  text.replaceAll(/[a-z]+_[0-9a-z]{26}/g, '<id>').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');

const PASSWORD = 'correct horse battery staple';

describe('whatever names what the caller cannot see', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;
  let cases: Case[];
  let owned: Things;
  let strangers: { readonly key: string; readonly things: Things }[];

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    admin = new Client(redoubt.url, redoubt.adminKey);
    const surfaces = ['core', 'platform', 'sero', 'keynest'];
    const contracts = surfaces.map(async (surface) => {
      const file = surface === 'core' ? '/openapi.json' : `/openapi/${surface}.json`;
      return casesOf(surface, (await (await fetch(redoubt.url + file)).json()) as Contract);
    });
    cases = (await Promise.all(contracts)).flat();
    await register('friend');
    owned = await makeThings(redoubt.adminKey, 'owner');
    strangers = [];
    for (let index = 0; index < 11; index += 1) {
      const key = await register(`stranger${index}`);
      strangers.push({ key, things: index < 3 ? await makeThings(key, `stranger${index}`) : {} });
    }
  });
  afterAll(() => redoubt.dispose());

  /** A new person's login token. */
  async function register(username: string): Promise<string> {
    const passwords = { password: PASSWORD, confirm_password: PASSWORD };
    const person = { username, email: `${username}@example.com`, ...passwords };
    return (await admin.post('/api/auth/register/', person, { key: '' })).body.token;
  }

  /** One of everything there is, in somebody's home organization. */
  async function makeThings(key: string, name: string): Promise<Things> {
    const call = { key };
    const make = async (path: string, json: object) => (await admin.post(path, json, call)).body;
    const project = await make('/api/v1/projects', { name: `Project of ${name}` });
    const organization = project.organization_id;
    const resource = await make('/api/v1/resources', { name: 'Policy', type: 'processor', config: {} });
    const key2 = await make('/api/v1/api-keys', { name: 'Key', scopes: ['detect'] });
    const form = new FormData();
    form.set('file', new Blob(['Call John Smith at 555-123-4567.']), 'letter.txt');
    form.set('project_id', project.id);
    const upload = (await admin.send('POST', '/api/v1/documents', { ...call, form })).body;
    const redaction = await make(`/api/v1/projects/${project.id}/redactions`, {});
    const tasks = (await admin.get(`/api/v1/jobs/${redaction.job_id ?? redaction.id}/tasks`, call)).body;
    const batch = await make('/api/v1/batch', { documents: [{ id: 'a', data: 'text' }], async: true });
    const invitation = await make(`/api/v1/organizations/${organization}/invitations`, {
      email: `invited-by-${name}@example.com`,
      role: 'viewer',
    });
    const shares = `/api/v1/projects/${project.id}/shares`;
    const share = await make(shares, { email: 'friend@example.com', role: 'viewer' });
    const environment = await make('/api/v1/environments', { name: 'production', project_id: project.id });
    const secret = { environment_id: environment.id, key: 'SECRET', value: `of ${name}` };
    const variable = await make('/api/v1/variables', secret);
    const knowledge = await make('/api/v1/knowledge', { name: 'Catalogs', project_id: project.id });
    const chat = await make('/api/v1/chats', { title: 'Pads', project_id: project.id });
    const prompt = await make('/api/v1/prompts', { command: '/pads', title: 'Pads', content: 'Which pads?' });
    const assistant = await make('/api/v1/assistants', { name: 'Pads', model: 'local-extractive' });
    const request = { method: 'GET', url: 'https://tools.invalid/' };
    const tool = await make('/api/v1/tools', { name: 'parts', request });
    const webhook = await make('/api/v1/webhooks', { url: 'https://hooks.invalid/', events: ['*'] });
    const delivery = await make(`/api/v1/webhooks/${webhook.id}/ping`, {});
    const erasure = await make('/api/v1/erasures', { type: 'OTHER', value: `nobody of ${name}` });
    const keynest = { ...call, scheme: 'Token' } as const;
    const environments = (await admin.get('/api/environments/', keynest)).body.results;
    const variables = (await admin.get(`/api/environments/${environments[0].id}/variables/`, keynest)).body;
    const tokens = (await admin.get('/api/v1/auth/tokens', call)).body.data;
    const profile = (await admin.get('/api/v1/auth/profile', call)).body;
    const numbers = (await admin.get('/api/projects/', keynest)).body.results;
    const mine = numbers.find((row: { name: string }) => row.name === `Project of ${name}`);
    return {
      project: project.id,
      organization,
      resource: resource.id,
      api_key: key2.id,
      document: upload.document_id ?? upload.id,
      file: upload.file_id,
      redaction: redaction.id,
      job: redaction.job_id ?? redaction.id,
      task: tasks.data[0].id,
      batch: batch.batch_id ?? batch.id,
      invitation: invitation.id,
      member: profile.id,
      share: share.id,
      ...(tokens[0] && { login_token: tokens[0].id }),
      version: '1',
      environment: environment.id,
      variable: variable.id,
      knowledge_base: knowledge.id,
      chat: chat.id,
      prompt: prompt.id,
      assistant: assistant.id,
      tool: tool.id,
      webhook: webhook.id,
      delivery: delivery.id,
      erasure: erasure.id,
      audit_segment: await new AgedLog(redoubt).addSegment(organization),
      'keynest environment': String(environments[0].id),
      'keynest variable': String(variables.results[0].id),
      'keynest project': String(mine.id),
      'keynest organization': String(mine.organization),
    };
  }

  const thingOf = (things: Things, { surface }: Case, kind: string): string | undefined =>
    surface === 'keynest' ? things[`keynest ${kind}`] : things[kind];

  /** The call with another thing in the place of one parameter; the caller's own in all others. */
  function pathOf(one: Case, own: Things, parameter: string, id: string): string | undefined {
    let path = one.path;
    for (const { parameter: name, kind } of one.kinds) {
      const value = name === parameter ? id : thingOf(own, one, kind);
      if (value === undefined) return undefined;
      path = path.replace(`{${name}}`, value);
    }
    return path;
  }

  async function compare(one: Case, key: string, own: Things, foreign: Things): Promise<string[]> {
    const faults: string[] = [];
    for (const { parameter, kind } of one.kinds) {
      const id = thingOf(foreign, one, kind);
      if (id === undefined || kind === 'version') continue;
      const paths = [id, missing(id)].map((name) => pathOf(one, own, parameter, name));
      const answers = [];
      for (const path of paths) {
        if (path === undefined) continue;
        const scheme = one.surface === 'keynest' ? ('Token' as const) : ('Bearer' as const);
        const { status, text } = await admin.send(one.method, path + queryOf(one.operation), {
          key,
          scheme,
          ...bodyOf(one.operation),
        });
        answers.push(`${status} ${comparable(text)}`);
      }
      const [first, second] = answers;
      if (first !== second || !first?.startsWith('404'))
        faults.push(`${one.name}, ${parameter}: ${first} instead of ${second}`);
    }
    return faults;
  }

  it('is answered to a stranger like what does not exist, to the byte, by every operation', async () => {
    const faults: string[] = [];
    for (const [index, one] of cases.entries()) {
      // Plans allow each of them some calls a minute; two of them have things of their own.
      const stranger = strangers[one.kinds.length > 1 ? index % 3 : (index % 7) + 3];
      faults.push(...(await compare(one, stranger?.key ?? '', stranger?.things ?? {}, owned)));
    }
    expect(faults).toEqual([]);
  });

  it("is answered so to the instance's administrator too", async () => {
    const faults: string[] = [];
    const foreign = strangers[0]?.things ?? {};
    for (const one of cases) faults.push(...(await compare(one, redoubt.adminKey, owned, foreign)));
    expect(faults).toEqual([]);
  });

  it.each<[string, string, string, (id: string) => Call]>([
    ['project', 'GET', '/api/v1/documents?project_id={id}', () => ({})],
    ['project', 'GET', '/api/v1/jobs?project_id={id}', () => ({})],
    ['project', 'GET', '/api/v1/audit-logs?project_id={id}', () => ({})],
    [
      'project',
      'POST',
      '/api/v1/api-keys',
      (id) => ({ json: { name: 'K', scopes: ['detect'], default_project_id: id } }),
    ],
    ['project', 'POST', '/api/v1/documents', (id) => ({ form: formOf(id) })],
    ['project', 'POST', '/api/v1/jobs', (id) => ({ json: { type: 'redaction', input: { project_id: id } } })],
    ['project', 'GET', '/api/v1/environments?project_id={id}', () => ({})],
    ['project', 'POST', '/api/v1/environments', (id) => ({ json: { name: 'staging', project_id: id } })],
    ['environment', 'GET', '/api/v1/variables?environment_id={id}', () => ({})],
    [
      'environment',
      'POST',
      '/api/v1/variables',
      (id) => ({ json: { environment_id: id, key: 'KEY', value: 'value' } }),
    ],
    ['resource', 'POST', '/api/v1/process', (id) => ({ json: { data: 'text', processor_id: id } })],
    ['organization', 'GET', '/api/v1/projects?organization_id={id}', () => ({})],
    ['organization', 'POST', '/api/v1/projects', (id) => ({ json: { name: 'P', organization_id: id } })],
    ['organization', 'GET', '/api/v1/resources', (id) => ({ headers: { 'x-organization-id': id } })],
    ['document', 'GET', '/api/v1/tasks?document_id={id}', () => ({})],
    [
      'knowledge_base',
      'POST',
      '/api/v1/assistants',
      (id) => ({ json: { name: 'A', model: 'local-extractive', knowledge_ids: [id] } }),
    ],
    ['assistant', 'POST', '/api/v1/chats', (id) => ({ json: { message: 'Which pads?', model: id } })],
    [
      'assistant',
      'POST',
      '/v1/chat/completions',
      (id) => ({ json: { model: id, messages: [{ role: 'user', content: 'Which pads?' }] } }),
    ],
    ['assistant', 'GET', '/v1/models/{id}', () => ({})],
  ])('a %s in a field of %s %s is one that does not exist', async (kind, method, path, callOf) => {
    const { key } = strangers[10] ?? { key: '' };
    const answers = [];
    for (const id of [owned[kind] ?? '', missing(owned[kind] ?? '')]) {
      const { status, text } = await admin.send(method, path.replace('{id}', id), { key, ...callOf(id) });
      answers.push(`${status} ${comparable(text)}`);
    }
    expect(answers[0]).toBe(answers[1]);
  });
});

const formOf = (project: string): FormData => {
  const form = new FormData();
  form.set('file', new Blob(['a']), 'field.txt');
  form.set('project_id', project);
  return form;
};
