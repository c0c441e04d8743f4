import { type Answer, type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const TIME = '2025-08-30T10:30:00Z';
const TOKEN = '9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b';

/** The JSON of KeyNest's API documentation, in its order, typed off by hand. */
const USER = {
  ...{ id: 1, username: 'newuser', email: 'user@example.com', first_name: 'John', last_name: 'Doe' },
  full_name: 'John Doe',
};
const ORGANIZATION = {
  ...{
    id: 1,
    name: 'Acme Corp',
    description: 'Main company organization',
    created_at: TIME,
    updated_at: TIME,
  },
  ...{ member_count: 5, project_count: 3, user_role: 'admin' },
};
const PROJECT = {
  ...{ id: 1, name: 'Web Application', description: 'Main web application project', organization: 1 },
  ...{ organization_name: 'Acme Corp', created_at: TIME, updated_at: TIME },
  ...{ created_by_name: 'John Doe', environment_count: 3 },
};
const ENTRY = {
  ...{ id: 1, user_name: 'John Doe', user_email: 'john@example.com', action: 'variable_created' },
  ...{ target_type: 'variable', target_id: 1, details: {}, ip_address: '192.168.1.1', timestamp: TIME },
};
const listOf = (...results: object[]) => ({ count: results.length, next: null, previous: null, results });
const SAMPLES = {
  registered: {
    ...{ message: 'User registered successfully', token: TOKEN, user: { ...USER, date_joined: TIME } },
    organization: { id: 1, name: "John's Organization" },
  },
  login: { token: TOKEN, user: USER },
  logout: { message: 'Successfully logged out' },
  profile: { ...USER, date_joined: TIME, last_login: TIME, is_active: true },
  organizations: listOf(ORGANIZATION),
  organization: ORGANIZATION,
  projects: listOf(PROJECT),
  project: PROJECT,
  entries: listOf(ENTRY),
  fault: { error: 'Validation failed', details: { name: ['This field is required.'] } },
  error: { error: 'Error message', code: 'ERROR_CODE', timestamp: TIME },
};

/** What a client can rely on in a value: the kind of it, and of an object the keys. */
function kindOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kindOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, kindOf(item)]));
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(value)) return 'time';
  return /^[0-9a-f]{40}$/.test(value) ? 'token' : 'text';
}

const FORMS = ['with', 'without'] as const;

describe("KeyNest's documented samples", () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, '');
  });
  afterAll(() => redoubt.dispose());

  const as = (token: string): Call => ({ key: token, scheme: 'Token' });

  function expectSample({ status, body }: Answer, expected: number, sample: object): void {
    expect([status, kindOf(body)]).toEqual([expected, kindOf(sample)]);
  }

  const register = (name: string, end: string) =>
    client.post(`/api/auth/register${end}`, {
      ...{ username: name, email: `${name}@example.com`, password: 'securepassword123' },
      ...{ confirm_password: 'securepassword123', first_name: 'John', last_name: 'Doe' },
    });

  it.each(FORMS)('run in its order, %s a slash at the end', async (form) => {
    const end = form === 'with' ? '/' : '';
    const name = `newuser_${form}`;
    const registered = await register(name, end);
    expectSample(registered, 201, SAMPLES.registered);
    expect(registered.body.organization.name).toBe("John's Organization");

    const credentials = { email: `${name}@example.com`, password: 'securepassword123' };
    const login = await client.post(`/api/auth/login${end}`, credentials);
    expectSample(login, 200, SAMPLES.login);
    expect(login.body.user).toEqual({
      ...USER,
      id: login.body.user.id,
      username: name,
      email: credentials.email,
    });
    const old = as(login.body.token);
    const logout = await client.send('POST', `/api/auth/logout${end}`, old);
    expect([logout.status, logout.body]).toEqual([200, SAMPLES.logout]);
    expectSample(await client.get(`/api/auth/profile${end}`, old), 401, SAMPLES.error);
    const call = as((await client.post(`/api/auth/login${end}`, credentials)).body.token);
    const profile = await client.get(`/api/auth/profile${end}`, call);
    expectSample(profile, 200, SAMPLES.profile);

    expectSample(await client.get(`/api/organizations${end}`, call), 200, SAMPLES.organizations);
    const home = registered.body.organization.id;
    expectSample(await client.get(`/api/organizations/${home}${end}`, call), 200, SAMPLES.organization);
    const organization = { name: 'New Organization', description: 'Description of the new organization' };
    const founded = await client.post(`/api/organizations${end}`, organization, call);
    expectSample(founded, 201, SAMPLES.organization);
    expect(founded.body).toMatchObject({
      ...organization,
      ...{ member_count: 1, project_count: 0, user_role: 'admin' },
    });

    const body = { name: 'Web Application', description: 'Main web application project', organization: home };
    const made = await client.post(`/api/projects${end}`, body, call);
    expectSample(made, 201, SAMPLES.project);
    expect(made.body).toMatchObject({ ...body, created_by_name: 'John Doe', environment_count: 0 });
    const search = `?organization=${home}&search=web`;
    expectSample(await client.get(`/api/projects${end}${search}`, call), 200, SAMPLES.projects);
    const at = `/api/projects/${made.body.id}${end}`;
    expectSample(await client.get(at, call), 200, SAMPLES.project);
    const elsewhere = { ...body, name: 'New Project', organization: founded.body.id };
    const second = await client.post(`/api/projects${end}`, elsewhere, call);
    expect(second.body.organization_name).toBe('New Organization');
    const changed = await client.patch(at, { description: 'Updated project description' }, call);
    expectSample(changed, 200, SAMPLES.project);
    expect(changed.body.description).toBe('Updated project description');
    const deleted = await client.delete(`/api/projects/${second.body.id}${end}`, call);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expectSample(await client.get(`/api/projects/${second.body.id}${end}`, call), 404, SAMPLES.error);

    const day = new Date().toISOString().slice(0, 10);
    const query = `user=${profile.body.id}&action=project_updated&target_type=project&date_from=${day}&date_to=${day}`;
    const log = await client.get(`/api/audit-logs${end}?${query}`, call);
    expect(log.body.results[0].details).toMatchObject({ version: 2 });
    for (const entry of log.body.results) entry.details = {};
    expectSample(log, 200, SAMPLES.entries);
    expect(log.body.results[0]).toMatchObject({
      ...{ user_name: 'John Doe', user_email: credentials.email, action: 'project_updated' },
      ...{ target_type: 'project', target_id: made.body.id, ip_address: '127.0.0.1' },
    });
    // What was deleted has no number any more.
    const gone = (await client.get(`/api/audit-logs${end}?action=delete`, call)).body.results;
    expect(gone).toMatchObject([{ action: 'project_deleted', target_type: 'project', target_id: null }]);

    const fault = await client.post(`/api/projects${end}`, {}, call);
    expectSample(fault, 400, { ...SAMPLES.error, ...SAMPLES.fault });
    expect(fault.body.error).toBe('Validation failed');
  });

  describe('of the audit log', () => {
    let [admin, member] = [{} as Call, {} as Call];
    let organization: number;
    let memberNumber: number;

    beforeAll(async () => {
      const [first, second] = [(await register('anna', '/')).body, (await register('ben', '/')).body];
      [admin, member] = [as(first.token), as(second.token)];
      [organization, memberNumber] = [first.organization.id, second.user.id];
      const at = `/api/organizations/${organization}/`;
      const invited = await client.post(
        `${at}invite_member/`,
        { email: 'ben@example.com', role: 'viewer' },
        admin,
      );
      expect(invited.status).toBe(201);
      const accepted = await client.post('/api/v1/invitations/accept', { token: invited.body.token }, member);
      expect(accepted.status).toBe(200);
      await client.post('/api/projects/', { name: 'Secret', organization }, admin);
      const role = { user_id: memberNumber, role: 'editor' };
      expect((await client.patch(`${at}update_member_role/`, role, admin)).status).toBe(200);
    });

    interface Entry {
      readonly action: string;
      readonly target_type: string;
      readonly target_id: number | null;
      readonly ip_address: string | null;
      readonly details: object;
    }
    const read = async (call: Call, query = ''): Promise<Entry[]> =>
      (await client.get(`/api/audit-logs/?${query}`, call)).body.results;
    const actions = (entries: Entry[]): string[] => entries.map(({ action }) => action).sort();

    it('are all of an organization for its administrators, and one’s own part elsewhere', async () => {
      const [all, own] = [await read(admin), await read(member)];
      expect(actions(all)).toEqual(expect.arrayContaining(['project_created', 'member_role_changed']));
      expect(actions(own)).toEqual(expect.arrayContaining(['invitation_accepted', 'member_role_changed']));
      expect(actions(own)).not.toContain('project_created');
    });

    it('tell the one concerned what was done to them, and not from where', async () => {
      const changed = { action: 'member_role_changed', target_type: 'membership', target_id: memberNumber };
      const details = { previous_role: 'viewer', role: 'editor' };
      expect(await read(admin, 'target_type=membership')).toMatchObject([
        { ...changed, details, ip_address: '127.0.0.1' },
      ]);
      expect(await read(member, 'target_type=membership')).toMatchObject([
        { ...changed, details, ip_address: null },
      ]);
    });

    it('are found by verbs, by people and by days', async () => {
      expect(actions(await read(admin, 'action=update&target_type=user'))).toEqual([]);
      expect(actions(await read(admin, 'action=update'))).toEqual(['member_role_changed']);
      expect(actions(await read(admin, 'action=project.created&target_type=project'))).toEqual([
        'project_created',
      ]);
      expect(actions(await read(admin, `user=${memberNumber}`))).toEqual(['invitation_accepted']);
      expect(await read(admin, 'user=999999999')).toEqual([]);
      expect(await read(admin, 'date_to=2020-01-01')).toEqual([]);
    });

    it.each(['action=explode', 'user=John', 'date_from=today', 'page=0', 'colour=red'])(
      'are not filtered by %s',
      async (query) => {
        const answer = await client.get(`/api/audit-logs/?${query}`, admin);
        const field = query.split('=')[0] ?? '';
        expectSample(answer, 400, { ...SAMPLES.error, details: { [field]: ['text'] } });
      },
    );
  });
});
