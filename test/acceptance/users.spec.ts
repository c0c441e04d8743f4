import type { Client } from '../support/client.js';
import { entriesOf, MANY_ACCOUNTS, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const MISSING = 'user_01k9zq3v8x6m2n4p5r7s9t0w1y';

interface Row {
  readonly id: string;
  readonly code: string;
  readonly row: number;
  readonly permission: string;
  readonly held: boolean;
}

describe('users of the instance', () => {
  let redoubt: RedoubtProcess;
  let people: People;
  let admin: Client;
  let home: string;
  let self: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start(MANY_ACCOUNTS);
    people = new People(redoubt);
    admin = people.admin;
    const { body } = await admin.get('/api/v1/users?system_role=admin');
    [{ organization_id: home, id: self }] = body.data;
  });
  afterAll(() => redoubt.dispose());

  it('makes them without a password, which a token lets them choose once', async () => {
    const made = await people.create({ email: 'Ines.Okafor@Example.com', department: 'Research' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{
        email: 'Ines.Okafor@Example.com',
        username: 'Ines_Okafor',
        name: 'Ines Okafor',
        department: 'Research',
      },
      ...{ system_role: 'user', status: 'active', organization_id: home, has_password: false },
    });
    expect((await people.login('ines.okafor@example.com')).status).toBe(401);
    const { token } = made.body.password_reset;
    expect((await people.confirm(token)).status).toBeLessThan(300);
    expect((await people.confirm(token)).status).toBe(422);
    expect((await people.login('ines.okafor@example.com')).status).toBe(200);
    const again = await people.create({ email: 'ines.okafor@EXAMPLE.com' });
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
    await people.create({
      email: 'quill@example.com',
      first_name: 'Zoë',
      last_name: 'Überfeld',
      system_role: 'pending',
    });
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
    const { id, client } = await people.person('change@example.com', { organization_role: 'editor' });
    expect((await client.get('/api/v1/projects')).status).toBe(200);
    expect((await client.get('/api/v1/users')).status).toBe(403);
    const change = (body: object) => admin.patch(`/api/v1/users/${id}`, body);
    expect((await change({ disabled: true })).body.status).toBe('disabled');
    expect((await client.get('/api/v1/projects')).status).toBe(401);
    expect((await change({ disabled: false, last_name: 'Renamed' })).body.name).toBe('Ines Renamed');
    expect((await client.get('/api/v1/projects')).status).toBe(200);
    expect((await change({ system_role: 'pending' })).status).toBe(200);
    expect((await client.get('/api/v1/projects')).status).toBe(403);
    const actions = (await entriesOf(admin, `target_id=${id}`)).map(
      ({ action }: { action: string }) => action,
    );
    for (const action of ['created', 'disabled', 'enabled', 'updated', 'role_changed'])
      expect(actions).toContain(`user.${action}`);
  });

  it('shows what somebody may, and sets their role', async () => {
    const { id, client } = await people.person('rights@example.com');
    const before = await admin.get(`/api/v1/users/${id}/permissions`);
    expect(before.body).toMatchObject({ system_role: 'user', organizations: [{ role: 'viewer' }] });
    expect(before.body.permissions).not.toContain('user:read');
    expect(before.body.organizations[0].permissions).toContain('files:read');
    const put = await admin.send('PUT', `/api/v1/users/${id}/permissions`, {
      json: { system_role: 'admin' },
    });
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
    const demote = (client: Client, id: string) =>
      client.patch(`/api/v1/users/${id}`, { system_role: 'user' });
    const alone = await demote(admin, self);
    expect([alone.status, alone.body.error.code]).toEqual([409, 'LAST_ADMINISTRATOR']);
    expect((await admin.patch(`/api/v1/users/${self}`, { disabled: true })).status).toBe(409);
    const { id, client } = await people.person('second@example.com', { system_role: 'admin' });
    for (let round = 0; round < 5; round += 1) {
      const statuses = await Promise.all([demote(admin, id), demote(client, self)]);
      expect(statuses.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
      const { body } = await (statuses[0]?.status === 200 ? admin : client).get(
        '/api/v1/users?system_role=admin',
      );
      expect(body.data).toHaveLength(1);
      if (statuses[0]?.status === 200) await admin.patch(`/api/v1/users/${id}`, { system_role: 'admin' });
      else await client.patch(`/api/v1/users/${self}`, { system_role: 'admin' });
    }
    expect((await admin.delete(`/api/v1/users/${self}`)).body.error.code).toBe('OWN_ACCOUNT');
    expect((await admin.delete(`/api/v1/users/${id}`)).status).toBe(204);
  });

  it('deletes what says who somebody was, and keeps what they made', async () => {
    const { id, client } = await people.person('gone@example.com', { organization_role: 'editor' });
    const { body: project } = await client.post('/api/v1/projects', { name: 'Stays' });
    const { body: key } = await client.post('/api/v1/api-keys', { name: 'Gone', scopes: ['*'] });
    expect((await admin.delete(`/api/v1/users/${id}`)).status).toBe(204);
    expect((await client.get('/api/v1/projects')).status).toBe(401);
    expect((await client.get('/api/v1/projects', { key: key.key })).status).toBe(401);
    for (const path of [`/api/v1/users/${id}`, `/api/v1/users/${id}/permissions`])
      expect((await admin.get(path)).body.error).toEqual(
        (await admin.get(path.replace(id, MISSING))).body.error,
      );
    expect((await admin.get('/api/v1/users?search=gone@')).body.total).toBe(0);
    expect((await admin.get(`/api/v1/projects/${project.id}`)).body.created_by).toBe(id);
    expect((await people.login('gone@example.com')).status).toBe(401);
    expect((await people.create({ email: 'gone@example.com' })).status).toBe(201);
    const [entry] = await entriesOf(admin, `action=user.deleted&target_id=${id}`);
    expect(entry).toMatchObject({ action: 'user.deleted' });
  });

  it('refuses to delete who is the only member of an organization, unless that goes too', async () => {
    const theirs = await people.owner('alone');
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
    expect((await people.confirm(body.password_resets[0].token)).status).toBeLessThan(300);
    expect((await people.login('first@import.example')).status).toBe(200);
    const plain = await admin.send('POST', '/api/v1/users/import', {
      raw: csv,
      headers: { 'content-type': 'text/csv; charset=utf-8' },
    });
    expect(plain.body).toMatchObject({ created: 0, failed: 5, users: [] });
    const other = await admin.post('/api/v1/users/import', { file: csv });
    expect(other.status).toBe(415);
    const elsewhere = await admin.send('POST', '/api/v1/detect', {
      raw: csv,
      headers: { 'content-type': 'text/csv' },
    });
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
    const theirs = await people.owner('other');
    for (const path of ['/api/v1/users', `/api/v1/users/${self}`, '/api/v1/configs'])
      expect([path, (await theirs.client.get(path)).status]).toEqual([path, 403]);
    const forced = await people.create({ email: 'spy@example.com', organization_id: theirs.organization });
    expect(forced.status).toBe(404);
  });

  it('speaks the envelopes of Platform', async () => {
    const made = await admin.post('/v1/users', { email: 'platform@example.com', first_name: 'Plat' });
    expect(made.body).toMatchObject({ status: 'success', data: { email: 'platform@example.com' } });
    const path = `/v1/users/${made.body.data.id}`;
    const put = await admin.send('PUT', path, { json: { last_name: 'Form' } });
    expect(put.body.data.name).toBe('Plat Form');
    expect((await admin.get('/v1/users?per_page=1')).body.meta).toMatchObject({
      per_page: 1,
      has_next: true,
    });
    expect((await admin.delete(path)).status).toBe(204);
    expect((await admin.get(path)).body).toMatchObject({ status: 'error', error: { code: 'NOT_FOUND' } });
    expect((await admin.get('/v1/settings')).body.data).toHaveProperty('api_key_max_days');
  });
});
