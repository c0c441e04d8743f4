import { Client } from '../support/client.js';
import { MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const RECEIPTS = '/api/v1/chat/receipts';

const DEFAULT = {
  ...{ id: null, version: 0, source: 'default', updated_at: null, updated_by: null },
  ...{ default_action: 'tokenize', actions: {}, confidence_threshold: 0.85, attachments: 'refuse' },
  ...{ shield_private: false, local_model: null, processor_id: null },
};

let redoubt: RedoubtProcess;
let people: People;

beforeAll(async () => {
  redoubt = await RedoubtProcess.start(MANY_ACCOUNTS);
  people = new People(redoubt);
});
afterAll(() => redoubt.dispose());

describe('shield policies', () => {
  let client: Client;
  let home: { readonly id: string; readonly organization_id: string; readonly created_by: string };
  let project: string;
  let organization: string;

  beforeAll(async () => {
    client = people.admin;
    home = (await client.post('/api/v1/projects', { name: 'Shielded' })).body;
    project = `/api/v1/projects/${home.id}/policy`;
    organization = `/api/v1/organizations/${home.organization_id}/policy`;
  });

  const put = (path: string, json: object, headers: Record<string, string> = {}) =>
    client.send('PUT', path, { json, headers });
  const shown = async (path: string) => {
    const { body, headers } = await client.get(path);
    return [body.source, body.version, body.default_action, headers.get('etag')];
  };

  it('are the project’s, else the organization’s, else the default, and every version of them is kept', async () => {
    for (const path of [project, organization]) expect((await client.get(path)).body).toEqual(DEFAULT);
    const whole = await put(organization, { default_action: 'mask', confidence_threshold: 0.5 });
    expect([whole.status, whole.headers.get('etag')]).toEqual([200, '"1"']);
    expect(whole.body).toEqual({
      ...DEFAULT,
      ...{ id: expect.stringMatching(/^spol_/), version: 1, source: 'organization' },
      ...{ default_action: 'mask', confidence_threshold: 0.5 },
      ...{ updated_at: expect.stringMatching(/Z$/), updated_by: home.created_by },
    });
    expect((await client.get(organization)).body).toEqual(whole.body);
    expect((await client.get(project)).body).toEqual(whole.body);
    const own = await put(project, { actions: { US_SSN: 'block', EMAIL: 'allow' }, local_model: 'llama' });
    expect(own.body).toMatchObject({
      ...{ source: 'project', default_action: 'tokenize', confidence_threshold: 0.85, local_model: 'llama' },
      actions: { SSN: 'block', EMAIL: 'allow' },
    });
    // What is left out is the default's, not what it was.
    expect((await put(project, { default_action: 'local' })).body).toMatchObject({
      ...{ version: 2, actions: {}, local_model: null },
    });
    expect(await shown(organization)).toEqual(['organization', 1, 'mask', '"1"']);
    expect((await client.delete(project)).status).toBe(204);
    expect(await shown(project)).toEqual(['organization', 1, 'mask', '"organization-1"']);
    expect((await client.delete(project)).status).toBe(204);
    const { body } = await client.get(`${project}/versions`);
    expect(body).toMatchObject({ total: 3, next_cursor: null });
    expect(body.data[0]).toEqual({
      ...{ policy_id: own.body.id, version: 3, policy: null },
      ...{ changed_by: home.created_by, changed_at: expect.stringMatching(/Z$/) },
    });
    const first = (await client.get(`${project}/versions/1`)).body;
    expect(first).toEqual(body.data[2]);
    expect(first.policy.actions).toEqual({ SSN: 'block', EMAIL: 'allow' });
    expect((await client.get(`${organization}/versions`)).body.total).toBe(1);
    for (const version of ['4', '0', 'x'])
      expect((await client.get(`${project}/versions/${version}`)).status).toBe(404);
    const log = (await client.get(`/api/v1/audit-logs?target_id=${own.body.id}`)).body;
    expect(
      log.data.map(({ action, policy_version, project_id }: Record<string, unknown>) => [
        ...[action, policy_version, project_id],
      ]),
    ).toEqual([
      ['policy.deleted', 3, home.id],
      ['policy.updated', 2, home.id],
      ['policy.updated', 1, home.id],
    ]);
  });

  it('change only as they were read, and once for each key', async () => {
    const { headers } = await client.get(project);
    const inherited = headers.get('etag') ?? '';
    expect((await client.get(project, { headers: { 'if-none-match': inherited } })).status).toBe(304);
    const set = await put(project, { default_action: 'mask' }, { 'if-match': inherited });
    expect(set.status).toBe(200);
    const stale = await put(project, { default_action: 'allow' }, { 'if-match': inherited });
    expect([stale.status, stale.body.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await client.delete(project, { headers: { 'if-match': inherited } })).status).toBe(412);
    const once = { 'idempotency-key': 'policy-once' };
    const first = await put(project, { default_action: 'block' }, once);
    const again = await put(project, { default_action: 'block' }, once);
    expect([again.body, again.headers.get('idempotent-replayed')]).toEqual([first.body, 'true']);
    expect(await shown(project)).toEqual([
      'project',
      set.body.version + 1,
      'block',
      first.headers.get('etag'),
    ]);
  });

  it.each<[string, object, number, string]>([
    ['an action there is not', { default_action: 'hide' }, 400, 'default_action'],
    ['an action there is not for a type', { actions: { EMAIL: 'hide' } }, 400, 'actions'],
    ['a list of actions', { actions: ['block'] }, 400, 'actions'],
    ['a type that nothing finds', { actions: { UNICORN: 'block' } }, 400, 'actions.UNICORN'],
    ['a type twice, by two spellings', { actions: { EMAIL: 'mask', EMAIL_ADDRESS: 'mask' } }, 400, 'actions'],
    ['secrets let through', { actions: { VAULT_SECRET: 'allow' } }, 400, 'actions.VAULT_SECRET'],
    ['secrets to put back', { actions: { VAULT_SECRET: 'tokenize' } }, 400, 'actions.VAULT_SECRET'],
    ['a threshold beyond certainty', { confidence_threshold: 1.1 }, 400, 'confidence_threshold'],
    ['a model without a name', { local_model: '' }, 400, 'local_model'],
    ['a model with too long a name', { local_model: 'm'.repeat(201) }, 400, 'local_model'],
    ['other attachments', { attachments: 'some' }, 400, 'attachments'],
    ['a processor that is missing', { processor_id: `res_${'0'.repeat(26)}` }, 404, 'processor_id'],
    ['a processor that is none', { processor_id: 'mine' }, 404, 'processor_id'],
    ['what is only shown', { version: 7 }, 400, 'version'],
  ])('refuse %s', async (_, body, status, field) => {
    const before = await shown(project);
    const refused = await put(project, body);
    expect([refused.status, refused.body.error.details.field]).toEqual([status, field]);
    expect(await shown(project)).toEqual(before);
  });

  it('take secrets masked or blocked, and the patterns of a processor that is in use', async () => {
    const custom_patterns = [{ name: 'TICKET', pattern: 'T-\\d{6}' }];
    const processor = { name: 'Tickets', type: 'processor', config: { custom_patterns } };
    const { id } = (await client.post('/api/v1/resources', processor)).body;
    const actions = { TICKET: 'block', VAULT_SECRET: 'block' };
    expect((await put(project, { actions })).body.error.details.field).toBe('actions.TICKET');
    const set = await put(project, { actions, processor_id: id });
    expect(set.body).toMatchObject({ actions, processor_id: id });
    await client.patch(`/api/v1/resources/${id}`, { status: 'archived' });
    const refused = await put(project, { processor_id: id });
    expect(refused.body.error).toMatchObject({
      code: 'RESOURCE_ARCHIVED',
      details: { field: 'processor_id', constraint: 'active' },
    });
    const stranger = (await people.owner('stranger')).client;
    const foreign = (await stranger.post('/api/v1/resources', processor)).body;
    expect((await put(project, { processor_id: foreign.id })).status).toBe(404);
  });

  it('are read by viewers, set by administrators, and not there for anybody else', async () => {
    const [viewer, nobody] = [await people.owner('onlooker'), await people.owner('nobody')];
    const shares = `/api/v1/projects/${home.id}/shares`;
    await client.post(shares, { email: viewer.email, role: 'editor' });
    const statuses = async (who: Client, path: string): Promise<number[]> => [
      (await who.get(path)).status,
      (await who.get(`${path}/versions`)).status,
      (await who.send('PUT', path, { json: { default_action: 'allow' } })).status,
      (await who.delete(path)).status,
    ];
    expect(await statuses(viewer.client, project)).toEqual([200, 200, 403, 403]);
    expect(await statuses(viewer.client, organization)).toEqual([404, 404, 404, 404]);
    for (const path of [project, organization])
      expect(await statuses(nobody.client, path)).toEqual([404, 404, 404, 404]);
    const elsewhere = `/api/v1/projects/${nobody.project}/policy`;
    expect(await statuses(client, elsewhere)).toEqual([404, 404, 404, 404]);
    const invited = { email: viewer.email, role: 'viewer' };
    const invitations = `/api/v1/organizations/${home.organization_id}/invitations`;
    const { token } = (await client.post(invitations, invited)).body;
    expect((await viewer.client.post('/api/v1/invitations/accept', { token })).status).toBe(200);
    expect(await statuses(viewer.client, organization)).toEqual([200, 200, 403, 403]);
    const key = (await client.post('/api/v1/api-keys', { name: 'K', scopes: ['completions:read'] })).body.key;
    expect(await statuses(new Client(redoubt.url, key), organization)).toEqual([200, 200, 403, 403]);
    expect((await shown(project))[0]).toBe('project');
  });
});

describe('receipts', () => {
  it('are listed with their filters, where there are none yet', async () => {
    const { client, project } = await people.owner('receipts');
    const filters = `status=blocked&model=gpt-4&project_id=${project}&created_after=2026-01-01&sort=created_at`;
    for (const query of ['', filters])
      expect((await client.get(`${RECEIPTS}?${query}`)).body).toEqual({
        ...{ data: [], total: 0, page: 1, page_size: 20, next_cursor: null },
      });
    for (const query of ['status=lost', 'sort=model', 'created_after=yesterday', 'upstream=a', 'cursor=x'])
      expect((await client.get(`${RECEIPTS}?${query}`)).status).toBe(400);
  });

  it('that are not there are not found, whatever they are called', async () => {
    for (const id of [`rcpt_${'0'.repeat(26)}`, 'rcpt_1', 'chatcmpl_1'])
      expect((await people.admin.get(`${RECEIPTS}/${id}`)).status).toBe(404);
  });
});
