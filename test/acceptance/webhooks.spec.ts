import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { Client } from '../support/client.js';
import { People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { type Received, WebhookReceiver } from '../support/webhook-receiver.js';

jest.setTimeout(60_000);

const PATIENCE_MS = 30_000;
/** Linux routes all of 127.0.0.0/8 to itself: one address is opened, and this machine's usual one stays closed. */
const OPEN = '127.0.0.2';

async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(30)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error('it does not come to that');
}

describe('webhooks', () => {
  let redoubt: RedoubtProcess;
  let receiver: WebhookReceiver;
  let client: Client;
  let people: People;

  beforeAll(async () => {
    [redoubt, receiver] = await Promise.all([
      RedoubtProcess.start({ REDOUBT_EGRESS_ALLOW: OPEN, REDOUBT_WEBHOOK_RETRY_SECONDS: '0.2,0.2,0.2' }),
      WebhookReceiver.start(OPEN),
    ]);
    client = new Client(redoubt.url, redoubt.adminKey);
    people = new People(redoubt);
  });
  afterAll(async () => {
    receiver?.stop();
    await redoubt?.dispose();
  });
  afterEach(async () => {
    for (const { id } of (await client.get('/api/v1/webhooks?page_size=100')).body.data)
      await client.delete(`/api/v1/webhooks/${id}`);
    receiver.reset();
  });

  const register = async (settings: object = {}, by = client) => {
    const { status, body } = await by.post('/api/v1/webhooks', {
      url: receiver.url,
      events: ['*'],
      ...settings,
    });
    expect([status, body]).toEqual([201, expect.objectContaining({ version: 1, enabled: true })]);
    return body as { id: string; secret: string };
  };
  const arrived = (event: string): Promise<Received> =>
    until(() => receiver.received.find(({ headers }) => headers['x-secureai-event'] === event));
  const dataOf = async (event: string) => JSON.parse((await arrived(event)).body).data;
  const make = async (path: string, json: object, by = client) => {
    const { status, body } = await by.post(path, json);
    expect([path, status]).toEqual([path, status < 300 ? status : 'made']);
    return body;
  };
  const upload = async (path: string, fields: Record<string, string>, name = 'letter.txt') => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob(['John Smith, 123-45-6789, asks which brake pads fit.']), name);
    const { status, body } = await client.send('POST', path, { form });
    expect([path, status]).toEqual([path, status < 300 ? status : 'made']);
    return body;
  };

  describe('are registered', () => {
    it('with a secret that is shown once, changed by version, and gone when deleted', async () => {
      const { id, secret } = await register({
        description: 'Dashboard',
        events: ['document.*', 'document.*'],
      });
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const { body, headers, text } = await client.get(`/api/v1/webhooks/${id}`);
      expect(body).toMatchObject({
        events: ['document.*'],
        names: true,
        ordered: false,
        last_delivery: null,
      });
      expect(headers.get('etag')).toBe('"1"');
      for (const shown of [text, (await client.get('/api/v1/webhooks')).text])
        expect(shown).not.toContain(secret);
      const change = (version: number) =>
        client.patch(
          `/api/v1/webhooks/${id}`,
          { ordered: true },
          { headers: { 'if-match': `"${version}"` } },
        );
      expect((await change(2)).status).toBe(412);
      expect((await change(1)).body).toMatchObject({ ordered: true, version: 2, url: receiver.url });
      expect((await client.delete(`/api/v1/webhooks/${id}`)).status).toBe(204);
      expect((await client.get(`/api/v1/webhooks/${id}`)).status).toBe(404);
    });

    it('once where a request is repeated, whose answer has no secret', async () => {
      const call = { headers: { 'idempotency-key': 'webhook-1' } };
      const json = { url: receiver.url, events: ['*'] };
      const first = await client.post('/api/v1/webhooks', json, call);
      const second = await client.post('/api/v1/webhooks', json, call);
      expect(second.body).toMatchObject({ id: first.body.id, secret_withheld: true });
      expect(second.text).not.toContain(first.body.secret);
      expect((await client.get('/api/v1/webhooks')).body.total).toBe(1);
    });

    it('for events there are, and projects of their own organization', async () => {
      const refused = async (json: object) => (await client.post('/api/v1/webhooks', json)).body.error;
      const { url } = receiver;
      for (const event of ['document.vanished', 'nothing.*', 'webhook.pinged'])
        expect(await refused({ url, events: ['project.created', event] })).toMatchObject({
          ...{ code: 'VALIDATION_ERROR', details: { field: 'events[1]' } },
          message: expect.stringContaining('document.processed'),
        });
      const { project } = await people.owner('somebodyelse');
      for (const project_id of [project, 'proj_none'])
        expect(await refused({ url, events: ['*'], project_id })).toMatchObject({ code: 'NOT_FOUND' });
      const { id } = await register();
      const change = await client.patch(`/api/v1/webhooks/${id}`, { project_id: project });
      expect([change.status, change.body.error.details.field]).toEqual([404, 'project_id']);
    });

    it('by administrators of the organization alone, each for their own', async () => {
      const { id } = await register();
      const organization = (await client.get(`/api/v1/webhooks/${id}`)).body.organization_id;
      const editor = await people.person('hooks-editor@example.org');
      const member = `/api/v1/organizations/${organization}/members/${editor.id}`;
      await client.patch(member, { role: 'editor' });
      for (const path of ['', `/${id}`, '/events'])
        expect((await editor.client.get(`/api/v1/webhooks${path}`)).status).toBe(403);
      const stranger = await people.owner('webhookstranger');
      expect((await stranger.client.get('/api/v1/webhooks')).body.total).toBe(0);
      await register({ url: `${receiver.url}&stranger` }, stranger.client);
      await make('/api/v1/projects', { name: 'Ours' });
      await arrived('project.created');
      await sleep(600);
      expect(receiver.received.filter(({ path }) => path.includes('stranger'))).toEqual([]);
    });

    it('fifty of them and no more', async () => {
      const some = { url: receiver.url, events: ['job.failed'] };
      const statuses = await Promise.all(
        Array.from({ length: 55 }, async () => (await client.post('/api/v1/webhooks', some)).status),
      );
      expect(statuses.filter((status) => status === 201)).toHaveLength(50);
      const { status, body } = await client.post('/api/v1/webhooks', some);
      expect([status, body.error.code]).toEqual([422, 'WEBHOOKS_FULL']);
    });
  });

  describe('tell of', () => {
    it("everything that the documents show, in the documents' fields", async () => {
      await register();
      const project = await make('/api/v1/projects', { name: 'Intake' });
      await people.owner('webhookfriend');
      await make(`/api/v1/projects/${project.id}/shares`, {
        email: 'webhookfriend@example.org',
        role: 'viewer',
      });
      const document = await upload('/api/v1/documents', { project_id: project.id });
      await make(`/api/v1/projects/${project.id}/redactions`, {});
      expect(await dataOf('project.created')).toEqual({
        project_id: project.id,
        status: 'active',
        protected: false,
      });
      expect(await dataOf('project.shared')).toMatchObject({ project_id: project.id, role: 'viewer' });
      expect(await dataOf('document.uploaded')).toMatchObject({
        ...{ document_id: document.id ?? document.document_id, project_id: project.id, status: 'uploaded' },
        filename: 'letter.txt',
      });
      expect(await dataOf('document.processed')).toMatchObject({
        ...{ project_id: project.id, status: 'completed', redactions_found: expect.any(Number) },
      });
      const base = await make('/api/v1/knowledge', { name: 'Catalogs', project_id: project.id });
      await upload(`/api/v1/knowledge/${base.id}/documents`, {}, 'pads.txt');
      expect(await dataOf('document.indexed')).toEqual({
        ...{ document_id: expect.stringMatching(/^doc_/), knowledge_base_id: base.id, filename: 'pads.txt' },
        ...{ status: 'indexed', page_count: null },
      });
      const resource = await make('/api/v1/resources', { name: 'Policy', type: 'processor', config: {} });
      expect(await dataOf('resource.created')).toEqual({
        id: resource.id,
        type: 'processor',
        name: 'Policy',
      });
      const profile = (await client.get('/api/v1/users?page_size=100')).body.data[0];
      expect(profile).toBeDefined();
      const chat = await make('/api/v1/chats', { title: 'Pads', project_id: project.id });
      expect(await dataOf('chat.created')).toMatchObject({ chat_id: chat.id, project_id: project.id });
      const messages = [{ role: 'user', content: 'Which pads?' }];
      await make('/v1/chat/completions', { model: 'local-extractive', messages });
      expect(await dataOf('chat.completed')).toMatchObject({
        model: 'local-extractive',
        status: 'completed',
      });
    });

    it('people: accounts and their roles by id, and who wrote a variable by the address they have', async () => {
      await register();
      const writer = await people.person('writer@example.org');
      expect(await dataOf('user.created')).toMatchObject({ user_id: writer.id });
      const { id } = (await client.get('/api/v1/webhooks')).body.data[0];
      const organization = (await client.get(`/api/v1/webhooks/${id}`)).body.organization_id;
      await client.patch(`/api/v1/organizations/${organization}/members/${writer.id}`, { role: 'editor' });
      const project = await make('/api/v1/projects', { name: 'Shop' });
      const environment = await make('/api/v1/environments', { name: 'production', project_id: project.id });
      const secret = { environment_id: environment.id, key: 'NEW_SECRET', value: 'a value to hide' };
      await make('/api/v1/variables', secret, writer.client);
      expect(await dataOf('variable.created')).toMatchObject({
        variable: {
          ...{ id: expect.any(Number), key: 'NEW_SECRET', environment_id: expect.any(Number) },
          created_by: 'writer@example.org',
        },
      });
      await client.patch(`/api/v1/users/${writer.id}`, { system_role: 'admin' });
      expect(await dataOf('user.role_changed')).toMatchObject({ user_id: writer.id, system_role: 'admin' });
      const all = receiver.received.map(({ body }) => body).join();
      expect(all).not.toMatch(/a value to hide|Okafor/);
    });

    it('no names where none are wanted', async () => {
      await register({ names: false, events: ['document.uploaded'] });
      const project = await make('/api/v1/projects', { name: 'Nameless' });
      const made = await upload('/api/v1/documents', { project_id: project.id }, 'Jane Doe.txt');
      const id = made.id ?? made.document_id;
      expect(await dataOf('document.uploaded')).toMatchObject({ filename: `${id}.txt` });
    });

    it('the sandbox to those of its own keys', async () => {
      const { body } = await client.post('/api/v1/api-keys', { name: 'T', scopes: ['*'], mode: 'test' });
      const test = new Client(redoubt.url, body.key);
      const { id } = await register({ url: `${receiver.url}&test` }, test);
      await register({ url: `${receiver.url}&live` });
      await make('/api/v1/projects', { name: 'Trial' }, test);
      expect((await arrived('project.created')).path).toContain('&test');
      expect((await client.get(`/api/v1/webhooks/${id}`)).status).toBe(404);
      expect((await test.delete(`/api/v1/webhooks/${id}`)).status).toBe(204);
    });
  });

  describe('are signed so that', () => {
    const hex = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

    it("the standard's and Svix' own libraries, and the documents' words, verify what arrives", async () => {
      const { id, secret } = await register();
      await client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      const { headers, body } = await arrived('webhook.pinged');
      const given = headers as Record<string, string>;
      expect(new StandardWebhook(secret).verify(body, given)).toMatchObject({ data: { webhook_id: id } });
      expect(new SvixWebhook(secret).verify(body, given)).toMatchObject({ type: 'webhook.pinged' });
      expect(() => new StandardWebhook(secret).verify(`${body} `, given)).toThrow();
      expect(given['x-signature']).toBe(hex(secret, body));
      const [, seconds = '', signature] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(given['x-secureai-signature'] ?? '') ?? [];
      expect(signature).toBe(hex(secret, `${seconds}.${body}`));
      expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(30);
      expect(given['webhook-id']).toMatch(/^whd_/);
    });

    it('a new secret and the old one verify for a while', async () => {
      const { id, secret } = await register();
      const { body, status } = await client.post(`/api/v1/webhooks/${id}/rotate`, { overlap_hours: 1 });
      expect([status, body]).toEqual([
        200,
        expect.objectContaining({ old_secret_until: expect.any(String) }),
      ]);
      await client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      const { headers, body: sent } = await arrived('webhook.pinged');
      for (const one of [secret, body.secret])
        expect(new StandardWebhook(one).verify(sent, headers as Record<string, string>)).toBeDefined();
      const timed = String(headers['x-secureai-signature']).split(',');
      const seconds = timed[0]?.slice(2);
      expect(timed.slice(1)).toEqual(
        [body.secret, secret].map((one) => `v1=${hex(one, `${seconds}.${sent}`)}`),
      );
      const ended = await client.post(`/api/v1/webhooks/${id}/rotate`, { overlap_hours: 0 });
      expect(ended.body.old_secret_until).toBeNull();
    });
  });

  describe('keep a log', () => {
    it('of attempts, from which things are sent again under the same id', async () => {
      const { id } = await register({ events: ['project.created'] });
      receiver.answer = () => ({ status: 500 });
      await make('/api/v1/projects', { name: 'Retried' });
      const path = `/api/v1/webhooks/${id}/deliveries`;
      const failed = await until(async () => (await client.get(`${path}?status=failed`)).body.data[0]);
      expect(failed).toMatchObject({
        event: 'project.created',
        attempts: 4,
        response_status: 500,
        fault: 'status',
      });
      expect((await client.get(`/api/v1/webhooks/${id}`)).body).toMatchObject({
        last_delivery: { id: failed.id, status: 'failed' },
        failing_since: expect.any(String),
      });
      const detail = (await client.get(`${path}/${failed.id}`)).body;
      expect(detail.log).toHaveLength(4);
      expect(detail.payload).toMatchObject({ type: 'project.created', data: { status: 'active' } });
      receiver.answer = () => ({ status: 200 });
      const again = await client.post(`${path}/${failed.id}/redeliver`, undefined);
      expect([again.status, again.body.status]).toEqual([202, 'pending']);
      await until(async () => (await client.get(`${path}?status=delivered`)).body.data[0]);
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
        new Set([failed.id]),
      );
      const range = await client.post(`/api/v1/webhooks/${id}/redeliver`, {
        from: '2020-01-01',
        status: 'delivered',
      });
      expect([range.status, range.body]).toEqual([202, { count: 1, has_more: false }]);
      await until(() => receiver.received.length === 6 || undefined);
      expect((await client.get(`${path}?from=2020-01-01&to=2020-01-02`)).body.total).toBe(0);
      expect((await client.get(`${path}?event=project.deleted`)).body.total).toBe(0);
      expect((await client.get(`${path}?from=yesterday`)).status).toBe(400);
    });

    it('which a disabled webhook goes on with, without sending', async () => {
      const { id } = await register({ events: ['project.created'], enabled: true });
      expect((await client.patch(`/api/v1/webhooks/${id}`, { enabled: false })).body).toMatchObject({
        disabled_reason: 'by_request',
      });
      await make('/api/v1/projects', { name: 'Unheard' });
      const path = `/api/v1/webhooks/${id}/deliveries`;
      await until(async () => (await client.get(`${path}?status=skipped`)).body.data[0]);
      const ping = await client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      expect([ping.status, ping.body.error.code]).toEqual([409, 'WEBHOOK_DISABLED']);
      await client.patch(`/api/v1/webhooks/${id}`, { enabled: true });
      await client.post(`/api/v1/webhooks/${id}/redeliver`, { from: '2020-01-01' });
      await arrived('project.created');
    });

    it('while the audit log and the metrics say what was done, and no log says where', async () => {
      const { id } = await register();
      await client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      await arrived('webhook.pinged');
      for (const news of ['created', 'pinged'])
        expect(
          (await client.get(`/api/v1/audit-logs?action=webhook.${news}&target_id=${id}`)).body.total,
        ).toBe(1);
      const metrics = await fetch(`${redoubt.url}/metrics`, {
        headers: { authorization: `Bearer ${redoubt.adminKey}` },
      });
      expect(await metrics.text()).toMatch(/^redoubt_webhook_deliveries_waiting \d/m);
      expect(redoubt.log).not.toMatch(/s3cret|whsec_/);
    });
  });

  describe('reach no address but open ones', () => {
    let canary: WebhookReceiver;

    beforeAll(async () => {
      canary = await WebhookReceiver.start('127.0.0.1');
    });
    afterAll(() => canary.stop());

    const spellings = [
      ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '017700000001', '0177.0.0.01'],
      ...['①②⑦.⓪.⓪.①', '127。0。0。1', '127.0.0.1.', '%31%32%37.0.0.1', '0', '0.0.0.0', '[::1]', '[::]'],
      ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[64:ff9b::7f00:1]'],
      ...[
        '[2002:7f00:1::]',
        '10.1.2.3',
        '172.16.0.1',
        '192.168.0.1',
        '169.254.169.254',
        '[fc00::1]',
        '[fe80::1]',
      ],
    ];

    it.each(spellings)('by %s', async (host) => {
      const url = `http://${host}:${canary.port}/`;
      const { status, body } = await client.post('/api/v1/webhooks', { url, events: ['*'] });
      expect([status, body.error]).toEqual([
        422,
        expect.objectContaining({
          code: 'WEBHOOK_URL_REFUSED',
          details: { field: 'url', constraint: 'address' },
        }),
      ]);
    });

    it.each(['ftp://example.org/', 'http://user:pass@example.org/', 'nonsense', 'file:///etc/passwd'])(
      'nor by %s',
      async (url) => {
        const { status, body } = await client.post('/api/v1/webhooks', { url, events: ['*'] });
        expect([status, body.error.details]).toEqual([422, { field: 'url', constraint: 'url' }]);
      },
    );

    it('by names that lead there, or redirects', async () => {
      const redirecting = await register({ events: ['project.created'] });
      receiver.answer = () => ({ status: 308, headers: { location: `http://127.0.0.1:${canary.port}/` } });
      const named = await register({ url: `http://localhost:${canary.port}/`, events: ['project.created'] });
      await make('/api/v1/projects', { name: 'Astray' });
      const faultOf = async ({ id }: { id: string }) =>
        until(async () => {
          const { body } = await client.get(`/api/v1/webhooks/${id}/deliveries?status=failed`);
          return body.data[0]?.fault;
        });
      expect(await faultOf(redirecting)).toBe('status');
      expect(await faultOf(named)).toBe('address');
      expect(canary.received).toEqual([]);
      // It was there all along.
      await fetch(`http://localhost:${canary.port}/`).catch(() => fetch(`http://127.0.0.1:${canary.port}/`));
      expect(canary.received).toHaveLength(1);
    });
  });
});
