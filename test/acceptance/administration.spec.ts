import type { Client } from '../support/client.js';
import { entriesOf, MANY_ACCOUNTS, PASSWORD, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

describe('administration', () => {
  let redoubt: RedoubtProcess;
  let people: People;
  let admin: Client;
  let self: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start(MANY_ACCOUNTS);
    people = new People(redoubt);
    admin = people.admin;
    const { body } = await admin.get('/api/v1/users?system_role=admin');
    self = body.data[0].id;
  });
  afterAll(() => redoubt.dispose());

  describe('of settings', () => {
    it('holds for new projects, new keys and invitations', async () => {
      const { client } = await people.owner('settler');
      const change = (body: object) => client.patch('/api/v1/settings', body);
      const set = await change({
        default_retention_days: 30,
        api_key_max_days: 10,
        allowed_email_domains: ['Example.COM'],
      });
      expect(set.body).toEqual({
        ...{ default_retention_days: 30, api_key_max_days: 10, allowed_email_domains: ['example.com'] },
        ...{ audit_retention_days: null, audit_retention_action: 'archive' },
      });
      for (const wrong of [{ audit_retention_days: 29 }, { audit_retention_action: 'forget' }])
        expect((await change(wrong)).body.error.details.field).toBe(Object.keys(wrong)[0]);
      const project = async (body: object) =>
        (await client.post('/api/v1/projects', { name: `P${Math.random()}`, ...body })).body.retention_days;
      expect([
        await project({}),
        await project({ retention_days: null }),
        await project({ retention_days: 5 }),
      ]).toEqual([30, null, 5]);
      const key = (body: object) =>
        client.post('/api/v1/api-keys', { name: 'K', scopes: ['detect'], ...body });
      const given = await key({});
      const days = (Date.parse(given.body.expires_at) - Date.parse(given.body.created_at)) / 86_400_000;
      expect(days).toBeCloseTo(10, 2);
      for (const expires_at of [null, new Date(Date.now() + 11 * 86_400_000).toISOString()]) {
        expect((await key({ expires_at })).body.error.details).toMatchObject({ field: 'expires_at' });
        expect((await client.patch(`/api/v1/api-keys/${given.body.id}`, { expires_at })).status).toBe(400);
      }
      const { body: organizations } = await client.get('/api/v1/organizations');
      const invite = (email: string) =>
        client.post(`/api/v1/organizations/${organizations.data[0].id}/invitations`, {
          email,
          role: 'viewer',
        });
      expect((await invite('a@elsewhere.example')).body.error.code).toBe('EMAIL_NOT_ALLOWED');
      expect((await invite('a@mail.example.com')).status).toBe(201);
      const wrong = await change({ retention: 1 });
      expect(wrong.body.error.details.allowed).toContain('default_retention_days');
      expect((await change({ api_key_max_days: 'ten' })).body.error.details.field).toBe('api_key_max_days');
    });
  });

  describe('of the instance', () => {
    const configure = (body: object) => admin.patch('/api/v1/configs', body);

    it('shows and keeps what is configured, and no secret', async () => {
      expect((await admin.get('/api/v1/configs')).body).toMatchObject({
        ...{ registration: 'open', smtp_url: { set: false }, maintenance: { enabled: false } },
      });
      const secret = 'smtp://user:zaqvorix@127.0.0.1:2525';
      const set = await configure({ smtp_url: secret });
      expect(set.body.smtp_url).toEqual({ set: true });
      expect(set.text + (await admin.get('/api/v1/configs')).text).not.toContain('zaqvorix');
      const [entry] = await entriesOf(admin, 'action=config.updated');
      expect(JSON.stringify(entry)).toContain('smtp_url');
      expect(JSON.stringify(entry)).not.toContain('zaqvorix');
      expect((await configure({ smtp_url: null })).body.smtp_url).toEqual({ set: false });
      expect((await configure({ smtp_url: 'https://x.example' })).body.error.details.field).toBe('smtp_url');
      expect((await configure({ colour: 'red' })).body.error.details.allowed).toEqual(
        expect.arrayContaining(['maintenance', 'registration', 'smtp_url']),
      );
      expect((await configure({ maintenance: { enabled: 'yes' } })).body.error.details.field).toBe(
        'maintenance.enabled',
      );
    });

    it('closes registration, and opens it again', async () => {
      const register = (username: string) =>
        admin.post(
          '/api/v1/auth/register',
          { username, email: `${username}@example.net`, password: PASSWORD },
          { key: '' },
        );
      await configure({ registration: 'closed' });
      expect((await register('late')).body.error.code).toBe('REGISTRATION_CLOSED');
      expect((await configure({ registration: null })).body.registration).toBe('open');
      expect((await register('late')).status).toBe(201);
    });

    it('is closed for maintenance to everybody but those who can end it', async () => {
      const theirs = await people.owner('waiting');
      const second = await people.person('keeper@example.com', { system_role: 'admin' });
      await configure({ maintenance: { enabled: true, message: 'Back at noon.', retry_after_seconds: 120 } });
      try {
        const refused = await theirs.client.get('/api/v1/projects');
        expect(refused.status).toBe(503);
        expect(refused.headers.get('retry-after')).toBe('120');
        expect(refused.body.error).toMatchObject({
          code: 'MAINTENANCE',
          message: 'Back at noon.',
          retry_after: 120,
        });
        const platform = await theirs.client.get('/v1/settings');
        expect(platform.body).toMatchObject({
          status: 'error',
          error: { message: 'Back at noon.', retry_after: 120 },
        });
        const keynest = await theirs.client.get('/api/projects/', { scheme: 'Token' });
        expect([keynest.status, keynest.body.error]).toEqual([503, 'Back at noon.']);
        // Before its body is read.
        expect((await theirs.client.send('POST', '/api/v1/detect', { raw: '{' })).status).toBe(503);
        expect((await admin.get('/health', { key: '' })).status).toBe(200);
        expect((await admin.get('/openapi.json', { key: '' })).status).toBe(200);
        expect((await admin.get('/api/v1/projects')).status).toBe(200);
        expect((await second.client.get('/api/v1/configs')).status).toBe(200);
        expect((await people.login('keeper@example.com')).status).toBe(200);
        expect((await people.login(theirs.email)).body.error.code).toBe('MAINTENANCE');
        expect((await people.login(theirs.email, 'wrong password')).status).toBe(401);
      } finally {
        await configure({ maintenance: null });
      }
      expect((await theirs.client.get('/api/v1/projects')).status).toBe(200);
      await admin.delete(`/api/v1/users/${second.id}`);
    });
  });

  describe('of content', () => {
    const REASON = 'The customer reports missing invoices, ticket 4711.';

    it('is blind, until the glass is broken, and again after its end', async () => {
      const theirs = await people.owner('blind');
      const { body: other } = await theirs.client.post('/api/v1/projects', { name: 'Other' });
      const form = new FormData();
      form.set('project_id', theirs.project);
      form.set('file', new Blob(['Plain text.']), 'note.txt');
      const uploaded = await theirs.client.send('POST', '/api/v1/documents', { form });
      const { body: job } = await theirs.client.post(`/api/v1/projects/${theirs.project}/redactions`, {});
      const things = [
        `/api/v1/projects/${theirs.project}`,
        `/api/v1/documents/${uploaded.body.document_id}`,
        `/api/v1/projects/${theirs.project}/redactions`,
        // A viewer sees jobs of their own alone, whoever they are.
        `/api/v1/jobs/${job.id}`,
      ];
      const statuses = async () => Promise.all(things.map(async (path) => (await admin.get(path)).status));
      expect(await statuses()).toEqual([404, 404, 404, 404]);

      const open = (body: object) =>
        admin.post('/api/v1/break-glass', { organization_id: theirs.organization, reason: REASON, ...body });
      expect((await open({ reason: 'short' })).body.error.details.field).toBe('reason');
      expect((await open({ minutes: 481 })).status).toBe(400);
      expect((await open({ project_id: 'proj_01k9zq3v8x6m2n4p5r7s9t0w1y' })).status).toBe(404);
      const { status, body: glass } = await open({ project_id: theirs.project });
      expect([status, glass.active, glass.reason]).toEqual([201, true, REASON]);
      expect(Date.parse(glass.expires_at) - Date.parse(glass.created_at)).toBe(3_600_000);
      expect(await statuses()).toEqual([200, 200, 200, 404]);

      expect((await admin.get(`/api/v1/projects/${other.id}`)).status).toBe(404);
      expect((await admin.patch(`/api/v1/projects/${theirs.project}`, { name: 'Mine' })).status).toBe(403);
      expect((await admin.delete(`/api/v1/documents/${uploaded.body.document_id}`)).status).toBe(403);
      expect((await admin.get(`/api/v1/organizations/${theirs.organization}`)).status).toBe(404);

      const [entry] = await entriesOf(theirs.client, 'action=break_glass.opened');
      expect(JSON.stringify(entry)).toContain(REASON);
      const seen = await theirs.client.get('/api/v1/break-glass?active=true');
      expect(seen.body.data).toMatchObject([{ id: glass.id, user_id: self, reason: REASON }]);
      expect((await theirs.client.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(403);

      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect(await statuses()).toEqual([404, 404, 404, 404]);
      expect(await entriesOf(theirs.client, 'action=break_glass.ended')).toHaveLength(1);
      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect(await entriesOf(theirs.client, 'action=break_glass.ended')).toHaveLength(1);
      expect((await theirs.client.get('/api/v1/break-glass?active=true')).body.total).toBe(0);
    });

    it('opens chats to be read, each time on record with the reason, and never to be written to', async () => {
      const theirs = await people.owner('talker');
      const begin = async (json: object) => (await theirs.client.post('/api/v1/chats', json)).body;
      const chat = await begin({ project_id: theirs.project, message: 'What does Maria Lopez need?' });
      const elsewhere = await begin({ title: 'Elsewhere' });
      const path = `/api/v1/chats/${chat.id}`;
      const reads = [path, `${path}/messages`, `${path}/export`];
      const statuses = async () => Promise.all(reads.map(async (read) => (await admin.get(read)).status));
      const list = `/api/v1/chats?break_glass=true&project_id=${theirs.project}`;
      const recorded = async (action: string) =>
        (await entriesOf(theirs.client, `action=${action}`)).filter(({ details }) => details.break_glass_id);
      expect(await statuses()).toEqual([404, 404, 404]);
      expect((await admin.get(list)).body.data ?? []).toEqual([]);
      const wanted = { organization_id: theirs.organization, project_id: theirs.project, reason: REASON };
      const { body: glass } = await admin.post('/api/v1/break-glass', wanted);
      expect(await statuses()).toEqual([200, 200, 200]);
      expect((await admin.get(`${path}/messages`)).body.data[0].content).toBe('What does Maria Lopez need?');
      expect((await admin.get(list)).body.data).toMatchObject([{ id: chat.id, owner_id: chat.owner_id }]);
      expect((await admin.get(`/api/v1/chats/${elsewhere.id}`)).status).toBe(404);
      const entries = await recorded('chat.read');
      expect(entries).toHaveLength(4);
      const details = { break_glass_id: glass.id, reason: REASON };
      for (const entry of entries) expect(entry).toMatchObject({ details, subject_user_id: chat.owner_id });
      expect(await recorded('chat.exported')).toHaveLength(1);
      const writes = [
        admin.patch(path, { title: 'Mine' }),
        admin.post(`${path}/messages`, { content: 'x' }),
        admin.post(`${path}/archive`, undefined),
        admin.get(`${path}/share`),
        admin.delete(path),
      ];
      expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
      const begun = await admin.post('/api/v1/chats', { title: 'Mine', project_id: theirs.project });
      expect(begun.status).toBe(403);
      await admin.delete(`/api/v1/break-glass/${glass.id}`);
      expect(await statuses()).toEqual([404, 404, 404]);
    });

    it('opens an organization as a whole where no project is named, and is for administrators of the instance', async () => {
      const theirs = await people.owner('whole');
      const body = { organization_id: theirs.organization, reason: REASON, minutes: 5 };
      expect((await theirs.client.post('/api/v1/break-glass', body)).status).toBe(403);
      const { body: glass } = await admin.post('/api/v1/break-glass', body);
      expect((await admin.get(`/api/v1/projects/${theirs.project}`)).status).toBe(200);
      expect((await admin.get(`/api/v1/projects?organization_id=${theirs.organization}`)).body.total).toBe(1);
      expect(
        (await admin.post('/api/v1/projects', { name: 'X', organization_id: theirs.organization })).status,
      ).toBe(403);
      expect(await entriesOf(theirs.client, 'action=break_glass.opened')).toHaveLength(1);
      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect((await admin.get(`/api/v1/projects/${theirs.project}`)).status).toBe(404);
      const stranger = await people.owner('stranger');
      expect((await stranger.client.get('/api/v1/break-glass')).body.total).toBe(0);
    });
  });
});
