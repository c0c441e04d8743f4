import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { Client } from '../support/client.js';
import { runPython } from '../support/python.js';
import { until, WebhookHome } from '../support/webhook-home.js';

jest.setTimeout(60_000);

/** The one block of code in a language that the documentation has. */
function documented(language: string): string {
  const text = readFileSync('docs/webhooks.md', 'utf8');
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '';
}

const NODE = `
  let input = '';
  for await (const piece of process.stdin) input += piece;
  const { secret, headers, body } = JSON.parse(input);
  process.stdout.write(String(verify(secret, headers, body)));`;

const IN_PYTHON = `
import json, sys
given = json.load(sys.stdin)
sys.stdout.write(str(verify(given["secret"], given["headers"], given["body"])).lower())`;

function runNode(program: string, input: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`node failed: ${stderr}`);
  return stdout;
}

describe('what webhooks send', () => {
  let home: WebhookHome;

  beforeAll(async () => {
    home = await WebhookHome.start();
  });
  afterAll(() => home?.stop());
  afterEach(() => home.clear());

  describe('tell of', () => {
    it("everything that the documents show, in the documents' fields", async () => {
      await home.register();
      const project = await home.make('/api/v1/projects', { name: 'Intake' });
      await home.people.owner('webhookfriend');
      await home.make(`/api/v1/projects/${project.id}/shares`, {
        email: 'webhookfriend@example.org',
        role: 'viewer',
      });
      const document = await home.upload('/api/v1/documents', { project_id: project.id });
      await home.make(`/api/v1/projects/${project.id}/redactions`, {});
      expect(await home.dataOf('project.created')).toEqual({
        project_id: project.id,
        status: 'active',
        protected: false,
      });
      expect(await home.dataOf('project.shared')).toMatchObject({ project_id: project.id, role: 'viewer' });
      expect(await home.dataOf('document.uploaded')).toMatchObject({
        ...{ document_id: document.id ?? document.document_id, project_id: project.id, status: 'uploaded' },
        filename: 'letter.txt',
      });
      expect(await home.dataOf('document.processed')).toMatchObject({
        ...{ project_id: project.id, status: 'completed', redactions_found: expect.any(Number) },
      });
      const base = await home.make('/api/v1/knowledge', { name: 'Catalogs', project_id: project.id });
      await home.upload(`/api/v1/knowledge/${base.id}/documents`, {}, 'pads.txt');
      expect(await home.dataOf('document.indexed')).toEqual({
        ...{ document_id: expect.stringMatching(/^doc_/), knowledge_base_id: base.id, filename: 'pads.txt' },
        ...{ status: 'indexed', page_count: null },
      });
      const resource = await home.make('/api/v1/resources', {
        name: 'Policy',
        type: 'processor',
        config: {},
      });
      expect(await home.dataOf('resource.created')).toEqual({
        id: resource.id,
        type: 'processor',
        name: 'Policy',
      });
      const profile = (await home.client.get('/api/v1/users?page_size=100')).body.data[0];
      expect(profile).toBeDefined();
      const chat = await home.make('/api/v1/chats', { title: 'Pads', project_id: project.id });
      expect(await home.dataOf('chat.created')).toMatchObject({ chat_id: chat.id, project_id: project.id });
      const messages = [{ role: 'user', content: 'Which pads?' }];
      await home.make('/v1/chat/completions', { model: 'local-extractive', messages });
      expect(await home.dataOf('chat.completed')).toMatchObject({
        model: 'local-extractive',
        status: 'completed',
      });
    });

    it('people: accounts and their roles by id, and who wrote a variable by the address they have', async () => {
      await home.register();
      const writer = await home.people.person('writer@example.org');
      expect(await home.dataOf('user.created')).toMatchObject({ user_id: writer.id });
      const { id } = (await home.client.get('/api/v1/webhooks')).body.data[0];
      const organization = (await home.client.get(`/api/v1/webhooks/${id}`)).body.organization_id;
      await home.client.patch(`/api/v1/organizations/${organization}/members/${writer.id}`, {
        role: 'editor',
      });
      expect(await home.dataOf('user.role_changed')).toEqual({
        ...{ user_id: writer.id, organization_id: organization, role: 'editor' },
      });
      const project = await home.make('/api/v1/projects', { name: 'Shop' });
      const environment = await home.make('/api/v1/environments', {
        name: 'production',
        project_id: project.id,
      });
      const secret = { environment_id: environment.id, key: 'NEW_SECRET', value: 'a value to hide' };
      await home.make('/api/v1/variables', secret, writer.client);
      expect(await home.dataOf('variable.created')).toMatchObject({
        variable: {
          ...{ id: expect.any(Number), key: 'NEW_SECRET', environment_id: expect.any(Number) },
          created_by: 'writer@example.org',
        },
      });
      await home.client.patch(`/api/v1/users/${writer.id}`, { system_role: 'admin' });
      const inInstance = await until(() =>
        home.receiver.received.find(
          ({ headers, body }) =>
            headers['x-secureai-event'] === 'user.role_changed' && body.includes('system_role'),
        ),
      );
      expect(JSON.parse(inInstance.body).data).toEqual({
        ...{ user_id: writer.id, system_role: 'admin', status: 'active' },
      });
      const all = home.receiver.received.map(({ body }) => body).join();
      expect(all).not.toMatch(/a value to hide|Okafor/);
      const sent = (await home.client.get(`/api/v1/webhooks/${id}/deliveries?event=variable.created`)).body;
      const payload = async () =>
        (await home.client.get(`/api/v1/webhooks/${id}/deliveries/${sent.data[0].id}`)).body.payload.data;
      expect((await payload()).variable.created_by).toBe('writer@example.org');
      expect((await home.client.delete(`/api/v1/users/${writer.id}`)).status).toBe(204);
      expect((await payload()).variable).not.toHaveProperty('created_by');
    });

    it('no names where none are wanted', async () => {
      await home.register({ names: false, events: ['document.uploaded'] });
      const project = await home.make('/api/v1/projects', { name: 'Nameless' });
      const made = await home.upload('/api/v1/documents', { project_id: project.id }, 'Jane Doe.txt');
      const id = made.id ?? made.document_id;
      expect(await home.dataOf('document.uploaded')).toMatchObject({ filename: `${id}.txt` });
    });

    it('the sandbox to those of its own keys', async () => {
      const { body } = await home.client.post('/api/v1/api-keys', { name: 'T', scopes: ['*'], mode: 'test' });
      const test = new Client(home.redoubt.url, body.key);
      const { id } = await home.register({ url: `${home.receiver.url}&test` }, test);
      await home.register({ url: `${home.receiver.url}&live` });
      await home.make('/api/v1/projects', { name: 'Trial' }, test);
      expect((await home.arrived('project.created')).path).toContain('&test');
      expect((await home.client.get(`/api/v1/webhooks/${id}`)).status).toBe(404);
      expect((await test.delete(`/api/v1/webhooks/${id}`)).status).toBe(204);
    });
  });

  describe('are signed so that', () => {
    const hex = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

    it("the standard's and Svix' own libraries, and the documents' words, verify what arrives", async () => {
      const { id, secret } = await home.register();
      await home.client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      const { headers, body } = await home.arrived('webhook.pinged');
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

    it('what the documentation shows verifies it, in Node and in Python', async () => {
      const { id, secret } = await home.register();
      const { headers, body } = await home.pinged(id);
      const verdicts = (given: string): string[] => [
        runNode(`${documented('js')}\n${NODE}`, JSON.stringify({ secret, headers, body: given })),
        runPython(`${documented('python')}\n${IN_PYTHON}`, JSON.stringify({ secret, headers, body: given })),
      ];
      expect(verdicts(body)).toEqual(['true', 'true']);
      expect(verdicts(`${body} `)).toEqual(['false', 'false']);
    });

    it('a new secret and the old one verify for a while', async () => {
      const { id, secret } = await home.register();
      const { body, status } = await home.client.post(`/api/v1/webhooks/${id}/rotate`, { overlap_hours: 1 });
      expect([status, body]).toEqual([
        200,
        expect.objectContaining({ old_secret_until: expect.any(String) }),
      ]);
      await home.client.post(`/api/v1/webhooks/${id}/ping`, undefined);
      const { headers, body: sent } = await home.arrived('webhook.pinged');
      for (const one of [secret, body.secret])
        expect(new StandardWebhook(one).verify(sent, headers as Record<string, string>)).toBeDefined();
      const timed = String(headers['x-secureai-signature']).split(',');
      const seconds = timed[0]?.slice(2);
      expect(timed.slice(1)).toEqual(
        [body.secret, secret].map((one) => `v1=${hex(one, `${seconds}.${sent}`)}`),
      );
      const ended = await home.client.post(`/api/v1/webhooks/${id}/rotate`, { overlap_hours: 0 });
      expect(ended.body.old_secret_until).toBeNull();
    });
  });
});
