import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'a quiet river at dusk';
const MISSING = 'user_01k9zq3v8x6m2n4p5r7s9t0w1y';

interface Row {
  readonly id: string;
  readonly code: string;
  readonly row: number;
  readonly permission: string;
  readonly held: boolean;
}

describe('administration', () => {
  let redoubt: RedoubtProcess;
  let admin: Client;
  let home: string;
  let self: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_ACCOUNTS_PER_MINUTE: '1000', REDOUBT_LOGINS_PER_MINUTE: '1000' });
    admin = new Client(redoubt.url, redoubt.adminKey);
    const { body } = await admin.get('/api/v1/users?system_role=admin');
    [{ organization_id: home, id: self }] = body.data;
  });
  afterAll(() => redoubt.dispose());

  const create = (body: object) => admin.post('/api/v1/users', { first_name: 'Ines', last_name: 'Okafor', ...body });
  const confirm = (token: string, password = PASSWORD) =>
    admin.post('/api/v1/auth/password/reset/confirm', { token, password }, { key: '' });
  const login = (email: string, password = PASSWORD) =>
    admin.post('/api/v1/auth/login', { email, password }, { key: '' });

  /** Somebody whom the administrator made, logged in. */
  async function person(email: string, body: object = {}): Promise<{ id: string; client: Client }> {
    const made = await create({ email, ...body });
    expect([email, made.status]).toEqual([email, 201]);
    expect((await confirm(made.body.password_reset.token)).status).toBeLessThan(300);
    const { status, body: answer } = await login(email);
    expect([email, status]).toEqual([email, 200]);
    return { id: made.body.id, client: new Client(redoubt.url, answer.token) };
  }

  /** Somebody with an organization and a project of their own, whom no administrator knows. */
  async function owner(username: string) {
    const email = `${username}@example.org`;
    const registered = await admin.post(
      '/api/v1/auth/register',
      { username, email, password: PASSWORD, first_name: 'Owner' },
      { key: '' },
    );
    expect(registered.status).toBe(201);
    const client = new Client(redoubt.url, (await login(email)).body.token);
    const { body: project } = await client.post('/api/v1/projects', { name: 'Records' });
    return { client, email, project: project.id, organization: project.organization_id, id: project.created_by };
  }

  const entries = async (client: Client, query: string) =>
    (await client.get(`/api/v1/audit-logs?${query}`)).body.data;

  describe('of users', () => {
    it('makes them without a password, which a token lets them choose once', async () => {
      const made = await create({ email: 'Ines.Okafor@Example.com', department: 'Research' });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({
        ...{ email: 'Ines.Okafor@Example.com', username: 'Ines_Okafor', name: 'Ines Okafor', department: 'Research' },
        ...{ system_role: 'user', status: 'active', organization_id: home, has_password: false },
      });
      expect((await login('ines.okafor@example.com')).status).toBe(401);
      const { token } = made.body.password_reset;
      expect((await confirm(token)).status).toBeLessThan(300);
      expect((await confirm(token)).status).toBe(422);
      expect((await login('ines.okafor@example.com')).status).toBe(200);
      const again = await create({ email: 'ines.okafor@EXAMPLE.com' });
      expect([again.status, again.body.error.code]).toEqual([409, 'EMAIL_TAKEN']);
      const { body } = await admin.get(`/api/v1/users/${made.body.id}`);
      expect(body.has_password).toBe(true);
      expect(body).not.toHaveProperty('password_reset');
    });

    it('answers a repeated request alike, without the token', async () => {
      const call = { headers: { 'idempotency-key': 'user-1' } };
      const body = { email: 'once@example.com', first_name: 'Once' };
      const first = await admin.post('/api/v1/users', body, call);
      const second = await admin.post('/api/v1/users', body, call);
      expect(second.body).toMatchObject({ id: first.body.id, password_reset_withheld: true });
      expect(second.body).not.toHaveProperty('password_reset');
    });

    it('finds them by part of a name or an address, in whatever case, and by filters', async () => {
      await create({ email: 'quill@example.com', first_name: 'Zoë', last_name: 'Überfeld', system_role: 'pending' });
      const found = async (query: string): Promise<string[]> =>
        (await admin.get(`/api/v1/users?${query}`)).body.data.map(({ email }: { email: string }) => email);
      expect(await found(`search=${encodeURIComponent('ÜBERF')}`)).toEqual(['quill@example.com']);
      expect(await found('search=QUILL@')).toEqual(['quill@example.com']);
      expect(await found('search=nobody')).toEqual([]);
      expect(await found('search=quill&status=active')).toEqual([]);
      expect(await found('status=pending')).toEqual(['quill@example.com']);
      expect(await found(`organization_id=${home}&search=quill`)).toEqual(['quill@example.com']);
      expect(await found('organization_id=org_01k9zq3v8x6m2n4p5r7s9t0w1z')).toEqual([]);
      const paged = await admin.get('/api/v1/users?search=example&page_size=1&page=2');
      expect(paged.body.data).toHaveLength(1);
      expect(paged.body.total).toBeGreaterThan(1);
    });

    it('changes role, names and access from the very next request on', async () => {
      const { id, client } = await person('change@example.com', { organization_role: 'editor' });
      expect((await client.get('/api/v1/projects')).status).toBe(200);
      expect((await client.get('/api/v1/users')).status).toBe(403);
      const change = (body: object) => admin.patch(`/api/v1/users/${id}`, body);
      expect((await change({ disabled: true })).body.status).toBe('disabled');
      expect((await client.get('/api/v1/projects')).status).toBe(401);
      expect((await change({ disabled: false, last_name: 'Renamed' })).body.name).toBe('Ines Renamed');
      expect((await client.get('/api/v1/projects')).status).toBe(200);
      expect((await change({ system_role: 'pending' })).status).toBe(200);
      expect((await client.get('/api/v1/projects')).status).toBe(403);
      const actions = (await entries(admin, `target_id=${id}`)).map(({ action }: { action: string }) => action);
      for (const action of ['created', 'disabled', 'enabled', 'updated', 'role_changed'])
        expect(actions).toContain(`user.${action}`);
    });

    it('shows what somebody may, and sets their role', async () => {
      const { id, client } = await person('rights@example.com');
      const before = await admin.get(`/api/v1/users/${id}/permissions`);
      expect(before.body).toMatchObject({ system_role: 'user', organizations: [{ role: 'viewer' }] });
      expect(before.body.permissions).not.toContain('user:read');
      expect(before.body.organizations[0].permissions).toContain('files:read');
      const put = await admin.send('PUT', `/api/v1/users/${id}/permissions`, { json: { system_role: 'admin' } });
      expect(put.body.permissions).toContain('user:read');
      expect((await client.get('/api/v1/users')).status).toBe(200);
      const { body } = await client.get('/api/v1/permissions');
      const held = body.data.filter((row: Row) => row.held).map((row: Row) => row.permission);
      expect(held).toEqual(expect.arrayContaining(['admin:write', 'files:read']));
      expect(held).not.toContain('files:write');
      expect(body).toMatchObject({ organization_id: home, role: 'viewer', system_role: 'admin' });
      await admin.patch(`/api/v1/users/${id}`, { system_role: 'user' });
    });

    it('never loses the last administrator, not even when two demote each other at once', async () => {
      const demote = (client: Client, id: string) => client.patch(`/api/v1/users/${id}`, { system_role: 'user' });
      const alone = await demote(admin, self);
      expect([alone.status, alone.body.error.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
      expect((await admin.patch(`/api/v1/users/${self}`, { disabled: true })).status).toBe(409);
      const { id, client } = await person('second@example.com', { system_role: 'admin' });
      for (let round = 0; round < 5; round += 1) {
        const statuses = await Promise.all([demote(admin, id), demote(client, self)]);
        expect(statuses.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
        const { body } = await (statuses[0]?.status === 200 ? admin : client).get('/api/v1/users?system_role=admin');
        expect(body.data).toHaveLength(1);
        if (statuses[0]?.status === 200) await admin.patch(`/api/v1/users/${id}`, { system_role: 'admin' });
        else await client.patch(`/api/v1/users/${self}`, { system_role: 'admin' });
      }
      expect((await admin.delete(`/api/v1/users/${self}`)).body.error.code).toBe('OWN_ACCOUNT');
      expect((await admin.delete(`/api/v1/users/${id}`)).status).toBe(204);
    });

    it('deletes what says who somebody was, and keeps what they made', async () => {
      const { id, client } = await person('gone@example.com', { organization_role: 'editor' });
      const { body: project } = await client.post('/api/v1/projects', { name: 'Stays' });
      const { body: key } = await client.post('/api/v1/api-keys', { name: 'Gone', scopes: ['*'] });
      expect((await admin.delete(`/api/v1/users/${id}`)).status).toBe(204);
      expect((await client.get('/api/v1/projects')).status).toBe(401);
      expect((await client.get('/api/v1/projects', { key: key.key })).status).toBe(401);
      for (const path of [`/api/v1/users/${id}`, `/api/v1/users/${id}/permissions`])
        expect((await admin.get(path)).body.error).toEqual((await admin.get(path.replace(id, MISSING))).body.error);
      expect((await admin.get('/api/v1/users?search=gone@')).body.total).toBe(0);
      expect((await admin.get(`/api/v1/projects/${project.id}`)).body.created_by).toBe(id);
      expect((await login('gone@example.com')).status).toBe(401);
      expect((await create({ email: 'gone@example.com' })).status).toBe(201);
      const [entry] = await entries(admin, `action=user.deleted&target_id=${id}`);
      expect(entry).toMatchObject({ action: 'user.deleted' });
    });

    it('refuses to delete who is the only member of an organization, unless that goes too', async () => {
      const theirs = await owner('alone');
      const refused = await admin.delete(`/api/v1/users/${theirs.id}`);
      expect([refused.status, refused.body.error.code]).toEqual([409, 'ORGANIZATION_OWNED']);
      expect(refused.body.error.details.allowed).toEqual([theirs.organization]);
      expect((await theirs.client.get(`/api/v1/projects/${theirs.project}`)).status).toBe(200);
      expect((await admin.delete(`/api/v1/users/${theirs.id}?erase_organizations=true`)).status).toBe(204);
      expect((await theirs.client.get(`/api/v1/projects/${theirs.project}`)).status).toBe(401);
    });

    it('makes users of a CSV file, in a form or as it is, and says of the other rows what is wrong', async () => {
      const csv = [
        'email,name,role,department',
        'first@import.example,First Person,user,Sales',
        'FIRST@import.example,Twice,user,',
        'no address,Nobody,user,',
        'first@other.example,Same Name,admin,',
        'x@import.example,Owner,owner,',
      ].join('\n');
      const form = new FormData();
      form.set('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
      const { status, body } = await admin.send('POST', '/api/v1/users/import', { form });
      expect(status).toBe(200);
      expect(body).toMatchObject({ created: 2, failed: 3 });
      expect(body.errors.map(({ row, code }: Row) => [row, code])).toEqual([
        [3, 'duplicate_email'],
        [4, 'invalid_email'],
        [6, 'invalid_role'],
      ]);
      expect((await confirm(body.password_resets[0].token)).status).toBeLessThan(300);
      expect((await login('first@import.example')).status).toBe(200);
      const plain = await admin.send('POST', '/api/v1/users/import', {
        raw: csv,
        headers: { 'content-type': 'text/csv; charset=utf-8' },
      });
      expect(plain.body).toMatchObject({ created: 0, failed: 5, users: [] });
      const other = await admin.post('/api/v1/users/import', { file: csv });
      expect(other.status).toBe(415);
      const elsewhere = await admin.send('POST', '/api/v1/detect', { raw: csv, headers: { 'content-type': 'text/csv' } });
      expect(elsewhere.status).toBe(415);
    });

    it('takes in many rows at once', async () => {
      const rows = Array.from({ length: 50 }, (_, index) => `n${index}@bulk.example,Name ${index},user`);
      const { body } = await admin.send('POST', '/api/v1/users/import?organization_role=editor', {
        raw: ['email,name,role', ...rows].join('\n'),
        headers: { 'content-type': 'text/csv' },
      });
      expect([body.created, body.failed]).toEqual([50, 0]);
    });

    it('is for administrators of the instance, who cannot make members of organizations of others', async () => {
      const theirs = await owner('other');
      for (const path of ['/api/v1/users', `/api/v1/users/${self}`, '/api/v1/configs'])
        expect([path, (await theirs.client.get(path)).status]).toEqual([path, 403]);
      const forced = await create({ email: 'spy@example.com', organization_id: theirs.organization });
      expect(forced.status).toBe(404);
    });

    it('speaks the envelopes of Platform', async () => {
      const made = await admin.post('/v1/users', { email: 'platform@example.com', first_name: 'Plat' });
      expect(made.body).toMatchObject({ status: 'success', data: { email: 'platform@example.com' } });
      const path = `/v1/users/${made.body.data.id}`;
      const put = await admin.send('PUT', path, { json: { last_name: 'Form' } });
      expect(put.body.data.name).toBe('Plat Form');
      expect((await admin.get('/v1/users?per_page=1')).body.meta).toMatchObject({ per_page: 1, has_next: true });
      expect((await admin.delete(path)).status).toBe(204);
      expect((await admin.get(path)).body).toMatchObject({ status: 'error', error: { code: 'NOT_FOUND' } });
      expect((await admin.get('/v1/settings')).body.data).toHaveProperty('api_key_max_days');
    });
  });

  describe('of settings', () => {
    it('holds for new projects, new keys and invitations', async () => {
      const { client } = await owner('settler');
      const change = (body: object) => client.patch('/api/v1/settings', body);
      const set = await change({ default_retention_days: 30, api_key_max_days: 10, allowed_email_domains: ['Example.COM'] });
      expect(set.body).toEqual({
        ...{ default_retention_days: 30, api_key_max_days: 10, allowed_email_domains: ['example.com'] },
      });
      const project = async (body: object) =>
        (await client.post('/api/v1/projects', { name: `P${Math.random()}`, ...body })).body.retention_days;
      expect([await project({}), await project({ retention_days: null }), await project({ retention_days: 5 })]).toEqual(
        [30, null, 5],
      );
      const key = (body: object) => client.post('/api/v1/api-keys', { name: 'K', scopes: ['detect'], ...body });
      const given = await key({});
      const days = (Date.parse(given.body.expires_at) - Date.parse(given.body.created_at)) / 86_400_000;
      expect(days).toBeCloseTo(10, 2);
      for (const expires_at of [null, new Date(Date.now() + 11 * 86_400_000).toISOString()]) {
        expect((await key({ expires_at })).body.error.details).toMatchObject({ field: 'expires_at' });
        expect((await client.patch(`/api/v1/api-keys/${given.body.id}`, { expires_at })).status).toBe(400);
      }
      const { body: organizations } = await client.get('/api/v1/organizations');
      const invite = (email: string) =>
        client.post(`/api/v1/organizations/${organizations.data[0].id}/invitations`, { email, role: 'viewer' });
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
      const [entry] = await entries(admin, 'action=config.updated');
      expect(JSON.stringify(entry)).toContain('smtp_url');
      expect(JSON.stringify(entry)).not.toContain('zaqvorix');
      expect((await configure({ smtp_url: null })).body.smtp_url).toEqual({ set: false });
      expect((await configure({ smtp_url: 'https://x.example' })).body.error.details.field).toBe('smtp_url');
      expect((await configure({ colour: 'red' })).body.error.details.allowed).toEqual(
        expect.arrayContaining(['maintenance', 'registration', 'smtp_url']),
      );
      expect((await configure({ maintenance: { enabled: 'yes' } })).body.error.details.field).toBe('maintenance.enabled');
    });

    it('closes registration, and opens it again', async () => {
      const register = (username: string) =>
        admin.post('/api/v1/auth/register', { username, email: `${username}@example.net`, password: PASSWORD }, { key: '' });
      await configure({ registration: 'closed' });
      expect((await register('late')).body.error.code).toBe('REGISTRATION_CLOSED');
      expect((await configure({ registration: null })).body.registration).toBe('open');
      expect((await register('late')).status).toBe(201);
    });

    it('is closed for maintenance to everybody but those who can end it', async () => {
      const theirs = await owner('waiting');
      const second = await person('keeper@example.com', { system_role: 'admin' });
      await configure({ maintenance: { enabled: true, message: 'Back at noon.', retry_after_seconds: 120 } });
      try {
        const refused = await theirs.client.get('/api/v1/projects');
        expect(refused.status).toBe(503);
        expect(refused.headers.get('retry-after')).toBe('120');
        expect(refused.body.error).toMatchObject({ code: 'MAINTENANCE', message: 'Back at noon.', retry_after: 120 });
        const platform = await theirs.client.get('/v1/settings');
        expect(platform.body).toMatchObject({ status: 'error', error: { message: 'Back at noon.', retry_after: 120 } });
        const keynest = await theirs.client.get('/api/projects/', { scheme: 'Token' });
        expect([keynest.status, keynest.body.error]).toEqual([503, 'Back at noon.']);
        // Before its body is read.
        expect((await theirs.client.send('POST', '/api/v1/detect', { raw: '{' })).status).toBe(503);
        expect((await admin.get('/health', { key: '' })).status).toBe(200);
        expect((await admin.get('/openapi.json', { key: '' })).status).toBe(200);
        expect((await admin.get('/api/v1/projects')).status).toBe(200);
        expect((await second.client.get('/api/v1/configs')).status).toBe(200);
        expect((await login('keeper@example.com')).status).toBe(200);
        expect((await login(theirs.email)).body.error.code).toBe('MAINTENANCE');
        expect((await login(theirs.email, 'wrong password')).status).toBe(401);
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
      const theirs = await owner('blind');
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

      const [entry] = await entries(theirs.client, 'action=break_glass.opened');
      expect(JSON.stringify(entry)).toContain(REASON);
      const seen = await theirs.client.get('/api/v1/break-glass?active=true');
      expect(seen.body.data).toMatchObject([{ id: glass.id, user_id: self, reason: REASON }]);
      expect((await theirs.client.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(403);

      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect(await statuses()).toEqual([404, 404, 404, 404]);
      expect(await entries(theirs.client, 'action=break_glass.ended')).toHaveLength(1);
      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect(await entries(theirs.client, 'action=break_glass.ended')).toHaveLength(1);
      expect((await theirs.client.get('/api/v1/break-glass?active=true')).body.total).toBe(0);
    });

    it('opens an organization as a whole where no project is named, and is for administrators of the instance', async () => {
      const theirs = await owner('whole');
      const body = { organization_id: theirs.organization, reason: REASON, minutes: 5 };
      expect((await theirs.client.post('/api/v1/break-glass', body)).status).toBe(403);
      const { body: glass } = await admin.post('/api/v1/break-glass', body);
      expect((await admin.get(`/api/v1/projects/${theirs.project}`)).status).toBe(200);
      expect((await admin.get(`/api/v1/projects?organization_id=${theirs.organization}`)).body.total).toBe(1);
      expect((await admin.post('/api/v1/projects', { name: 'X', organization_id: theirs.organization })).status).toBe(403);
      expect((await entries(theirs.client, 'action=break_glass.opened'))[0].action).toBe('break_glass.opened');
      expect((await admin.delete(`/api/v1/break-glass/${glass.id}`)).status).toBe(204);
      expect((await admin.get(`/api/v1/projects/${theirs.project}`)).status).toBe(404);
      const stranger = await owner('stranger');
      expect((await stranger.client.get('/api/v1/break-glass')).body.total).toBe(0);
    });
  });
});
