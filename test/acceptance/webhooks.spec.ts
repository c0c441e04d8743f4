import { setTimeout as sleep } from 'node:timers/promises';
import { until, WebhookHome } from '../support/webhook-home.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

jest.setTimeout(60_000);

describe('webhooks', () => {
  let home: WebhookHome;

  beforeAll(async () => {
    home = await WebhookHome.start();
  });
  afterAll(() => home?.stop());
  afterEach(() => home.clear());

  describe('are registered', () => {
    it('with a secret that is shown once, changed by version, and gone when deleted', async () => {
      const { id, secret } = await home.register({
        description: 'Dashboard',
        events: ['document.*', 'document.*'],
      });
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const { body, headers, text } = await home.client.get(`/api/v1/webhooks/${id}`);
      expect(body).toMatchObject({
        events: ['document.*'],
        names: true,
        ordered: false,
        last_delivery: null,
      });
      expect(headers.get('etag')).toBe('"1"');
      for (const shown of [text, (await home.client.get('/api/v1/webhooks')).text])
        expect(shown).not.toContain(secret);
      const change = (version: number) =>
        home.client.patch(
          `/api/v1/webhooks/${id}`,
          { ordered: true },
          { headers: { 'if-match': `"${version}"` } },
        );
      expect((await change(2)).status).toBe(412);
      expect((await change(1)).body).toMatchObject({ ordered: true, version: 2, url: home.receiver.url });
      expect((await home.client.delete(`/api/v1/webhooks/${id}`)).status).toBe(204);
      expect((await home.client.get(`/api/v1/webhooks/${id}`)).status).toBe(404);
    });

    it('once where a request is repeated, whose answer has no secret', async () => {
      const call = { headers: { 'idempotency-key': 'webhook-1' } };
      const json = { url: home.receiver.url, events: ['*'] };
      const first = await home.client.post('/api/v1/webhooks', json, call);
      const second = await home.client.post('/api/v1/webhooks', json, call);
      expect(second.body).toMatchObject({ id: first.body.id, secret_withheld: true });
      expect(second.text).not.toContain(first.body.secret);
      expect((await home.client.get('/api/v1/webhooks')).body.total).toBe(1);
    });

    it('for events there are, and projects of their own organization', async () => {
      const refused = async (json: object) => (await home.client.post('/api/v1/webhooks', json)).body.error;
      const { url } = home.receiver;
      for (const event of ['document.vanished', 'nothing.*', 'webhook.pinged'])
        expect(await refused({ url, events: ['project.created', event] })).toMatchObject({
          ...{ code: 'VALIDATION_ERROR', details: { field: 'events[1]' } },
          message: expect.stringContaining('document.processed'),
        });
      const { project } = await home.people.owner('somebodyelse');
      for (const project_id of [project, 'proj_none'])
        expect(await refused({ url, events: ['*'], project_id })).toMatchObject({ code: 'NOT_FOUND' });
      const { id } = await home.register();
      const change = await home.client.patch(`/api/v1/webhooks/${id}`, { project_id: project });
      expect([change.status, change.body.error.details.field]).toEqual([404, 'project_id']);
    });

    it('by administrators of the organization alone, each for their own', async () => {
      const { id } = await home.register();
      const organization = (await home.client.get(`/api/v1/webhooks/${id}`)).body.organization_id;
      const editor = await home.people.person('hooks-editor@example.org');
      const member = `/api/v1/organizations/${organization}/members/${editor.id}`;
      await home.client.patch(member, { role: 'editor' });
      for (const path of ['', `/${id}`, '/events'])
        expect((await editor.client.get(`/api/v1/webhooks${path}`)).status).toBe(403);
      const stranger = await home.people.owner('webhookstranger');
      expect((await stranger.client.get('/api/v1/webhooks')).body.total).toBe(0);
      await home.register({ url: `${home.receiver.url}&stranger` }, stranger.client);
      await home.make('/api/v1/projects', { name: 'Ours' });
      await home.arrived('project.created');
      await sleep(600);
      expect(home.receiver.received.filter(({ path }) => path.includes('stranger'))).toEqual([]);
    });

    it('fifty of them and no more', async () => {
      const some = { url: home.receiver.url, events: ['job.failed'] };
      const statuses = await Promise.all(
        Array.from({ length: 55 }, async () => (await home.client.post('/api/v1/webhooks', some)).status),
      );
      expect(statuses.filter((status) => status === 201)).toHaveLength(50);
      const { status, body } = await home.client.post('/api/v1/webhooks', some);
      expect([status, body.error.code]).toEqual([422, 'WEBHOOKS_FULL']);
    });
  });

  describe('keep a log', () => {
    it('of attempts, from which things are sent again under the same id', async () => {
      const { id } = await home.register({ events: ['project.created'] });
      home.receiver.answer = () => ({ status: 500 });
      await home.make('/api/v1/projects', { name: 'Retried' });
      const path = `/api/v1/webhooks/${id}/deliveries`;
      const failed = await until(async () => (await home.client.get(`${path}?status=failed`)).body.data[0]);
      expect(failed).toMatchObject({
        event: 'project.created',
        attempts: 4,
        response_status: 500,
        fault: 'status',
      });
      expect((await home.client.get(`/api/v1/webhooks/${id}`)).body).toMatchObject({
        last_delivery: { id: failed.id, status: 'failed' },
        failing_since: expect.any(String),
      });
      const detail = (await home.client.get(`${path}/${failed.id}`)).body;
      expect(detail.log).toHaveLength(4);
      expect(detail.payload).toMatchObject({ type: 'project.created', data: { status: 'active' } });
      home.receiver.answer = () => ({ status: 200 });
      const again = await home.client.post(`${path}/${failed.id}/redeliver`, undefined);
      expect([again.status, again.body.status]).toEqual([202, 'pending']);
      await until(async () => (await home.client.get(`${path}?status=delivered`)).body.data[0]);
      expect(new Set(home.receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
        new Set([failed.id]),
      );
      const range = await home.client.post(`/api/v1/webhooks/${id}/redeliver`, {
        from: '2020-01-01',
        status: 'delivered',
      });
      expect([range.status, range.body]).toEqual([202, { count: 1, has_more: false }]);
      await until(() => home.receiver.received.length === 6 || undefined);
      expect((await home.client.get(`${path}?from=2020-01-01&to=2020-01-02`)).body.total).toBe(0);
      expect((await home.client.get(`${path}?event=project.deleted`)).body.total).toBe(0);
      expect((await home.client.get(`${path}?from=yesterday`)).status).toBe(400);
    });

    it('which a disabled webhook goes on with, without sending', async () => {
      const { id } = await home.register({ events: ['project.created'], enabled: true });
      expect((await home.client.patch(`/api/v1/webhooks/${id}`, { enabled: false })).body).toMatchObject({
        disabled_reason: 'by_request',
      });
      await home.make('/api/v1/projects', { name: 'Unheard' });
      const path = `/api/v1/webhooks/${id}/deliveries`;
      await until(async () => (await home.client.get(`${path}?status=skipped`)).body.data[0]);
      const ping = await home.client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      expect([ping.status, ping.body.error.code]).toEqual([409, 'WEBHOOK_DISABLED']);
      await home.client.patch(`/api/v1/webhooks/${id}`, { enabled: true });
      await home.client.post(`/api/v1/webhooks/${id}/redeliver`, { from: '2020-01-01' });
      await home.arrived('project.created');
    });

    it('while the audit log and the metrics say what was done, and no log says where', async () => {
      const { id } = await home.register();
      await home.client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      await home.arrived('webhook.pinged');
      for (const news of ['created', 'pinged'])
        expect(
          (await home.client.get(`/api/v1/audit-logs?action=webhook.${news}&target_id=${id}`)).body.total,
        ).toBe(1);
      const metrics = await fetch(`${home.redoubt.url}/metrics`, {
        headers: { authorization: `Bearer ${home.redoubt.adminKey}` },
      });
      expect(await metrics.text()).toMatch(/^redoubt_webhook_deliveries_waiting \d/m);
      expect(home.redoubt.log).not.toMatch(/s3cret|whsec_/);
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
      const { status, body } = await home.client.post('/api/v1/webhooks', { url, events: ['*'] });
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
        const { status, body } = await home.client.post('/api/v1/webhooks', { url, events: ['*'] });
        expect([status, body.error.details]).toEqual([422, { field: 'url', constraint: 'url' }]);
      },
    );

    it('by names that lead there, or redirects', async () => {
      const redirecting = await home.register({ events: ['project.created'] });
      home.receiver.answer = () => ({
        status: 308,
        headers: { location: `http://127.0.0.1:${canary.port}/` },
      });
      const named = await home.register({
        url: `http://localhost:${canary.port}/`,
        events: ['project.created'],
      });
      await home.make('/api/v1/projects', { name: 'Astray' });
      const faultOf = async ({ id }: { id: string }) =>
        until(async () => {
          const { body } = await home.client.get(`/api/v1/webhooks/${id}/deliveries?status=failed`);
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
