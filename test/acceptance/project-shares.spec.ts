import { type Answer, type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PROJECTS = '/api/v1/projects';

interface Person {
  readonly id: string;
  readonly email: string;
  readonly home: string;
  readonly call: Call;
}

describe('shares of projects', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let people = 0;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  async function register(): Promise<Person> {
    const name = `sharer${++people}`;
    const body = { username: name, email: `${name}@example.com`, password: 'rather a long secret 77' };
    const { token, user, organization } = (await client.post('/api/v1/auth/register', body, { key: '' }))
      .body;
    return { id: user.id, email: body.email, home: organization.id, call: { key: token } };
  }

  const makeProject = async (who: Person, name: string): Promise<string> =>
    (await client.post(PROJECTS, { name }, who.call)).body.id;
  const share = (who: Person, project: string, body: object): Promise<Answer> =>
    client.post(`${PROJECTS}/${project}/shares`, body, who.call);
  const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
  const get = (who: Person, path: string): Promise<Answer> => client.get(path, who.call);
  const upload = (who: Person, project: string, name: string): Promise<Answer> => {
    const form = new FormData();
    form.append('project_id', project);
    form.append('file', new Blob(['Call John Smith at 555-123-4567.']), name);
    return client.send('POST', '/api/v1/documents', { ...who.call, form });
  };

  /** A host with two projects, one of which is shared with a guest. */
  async function world(role: string) {
    const [host, guest] = [await register(), await register()];
    const [project, beside] = [await makeProject(host, 'Shared'), await makeProject(host, 'Beside')];
    const made = await share(host, project, { email: guest.email, role });
    expect(made.status).toBe(201);
    return { host, guest, project, beside, id: String(made.body.id) };
  }

  it('are made by address or id, read, changed and ended, each time from the next request on', async () => {
    const { host, guest, project, id } = await world('viewer');
    const at = `${PROJECTS}/${project}`;
    expect((await get(host, `${at}/shares/${id}`)).body).toEqual({
      ...{ id, project_id: project, user_id: guest.id, email: guest.email, full_name: expect.any(String) },
      ...{ role: 'viewer', created_by: host.id, created_at: expect.any(String) },
    });
    expect((await share(host, project, { user_id: guest.id, role: 'editor' })).body.error.code).toBe(
      'SHARE_EXISTS',
    );
    const nobody = await share(host, project, { email: 'nobody@example.com', role: 'viewer' });
    expect([nobody.status, nobody.body.error.code, nobody.body.error.details.field]).toEqual([
      422,
      'SHARE_USER_UNKNOWN',
      'email',
    ]);
    expect((await share(host, project, { role: 'viewer' })).status).toBe(400);
    expect((await get(guest, at)).body.id).toBe(project);
    expect((await get(guest, PROJECTS)).body.data.map((row: { id: string }) => row.id)).toEqual([project]);
    expect(await statusOf(client.patch(at, { name: 'x' }, guest.call))).toBe(403);
    expect((await client.patch(`${at}/shares/${id}`, { role: 'editor' }, host.call)).body.role).toBe(
      'editor',
    );
    expect(await statusOf(client.patch(at, { name: 'Renamed' }, guest.call))).toBe(200);
    expect(await statusOf(get(guest, `${at}/shares`))).toBe(403);
    expect(await statusOf(client.delete(at, guest.call))).toBe(403);
    expect(await statusOf(client.delete(`${at}/shares/${id}`, host.call))).toBe(204);
    expect(await statusOf(get(guest, at))).toBe(404);
    expect((await get(guest, PROJECTS)).body.total).toBe(0);
    const events = (await get(host, `/api/v1/audit-logs?project_id=${project}`)).body.data;
    const actions = events.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['project.shared', 'project.share_changed', 'project.unshared']),
    );
  });

  it('open their project and nothing beside it, whatever a request says of where it belongs', async () => {
    const { host, guest, project, beside } = await world('admin');
    const policy = await client.post(
      '/api/v1/resources',
      { name: 'P', type: 'processor', config: {} },
      host.call,
    );
    const document = (await upload(host, beside, 'secret.txt')).body.document_id;
    const there = await upload(guest, project, 'mine.txt');
    expect(there.status).toBe(201);
    expect(await statusOf(get(host, `/api/v1/documents/${there.body.document_id}`))).toBe(200);
    expect(await statusOf(upload(guest, beside, 'theirs.txt'))).toBe(404);
    for (const path of [
      `${PROJECTS}/${beside}`,
      `/api/v1/documents/${document}`,
      `/api/v1/documents/${document}?project_id=${project}`,
      `/api/v1/resources/${policy.body.id}`,
      `/api/v1/organizations/${host.home}`,
      `/api/v1/organizations/${host.home}/members`,
      `/api/v1/tokens?project_id=${beside}`,
    ])
      expect([path, await statusOf(get(guest, path))]).toEqual([path, 404]);
    expect((await get(guest, `/api/v1/documents?project_id=${beside}`)).body.total).toBe(0);
    expect((await get(guest, `/api/v1/documents?project_id=${project}`)).body.total).toBe(1);
    const text = { data: 'John Smith', method: 'tokenization', project_id: beside };
    for (const query of ['', `?project_id=${project}`])
      expect(await statusOf(client.post(`/api/v1/process${query}`, text, guest.call))).toBe(404);
    expect(await statusOf(client.post('/api/v1/process', { ...text, project_id: project }, guest.call))).toBe(
      200,
    );
    // What is the organization's is made at home, or not at all.
    const body = { name: 'Mine', type: 'processor', config: {} };
    expect(await statusOf(client.post(`/api/v1/resources?project_id=${project}`, body, guest.call))).toBe(
      201,
    );
    expect((await get(host, '/api/v1/resources')).body.total).toBe(1);
    const rotate = client.post('/api/v1/crypto/keys/rotate', { project_id: project }, guest.call);
    expect([400, 403]).toContain(await statusOf(rotate));
    expect((await get(host, '/api/v1/jobs?type=organization_key_rotation')).body.total ?? 0).toBe(0);
    const header = { ...guest.call, headers: { 'x-organization-id': host.home } };
    const named = await client.post(PROJECTS, { name: 'There' }, header);
    expect([named.status, named.body.error.details.field]).toEqual([403, 'X-Organization-Id']);
  });

  it('give a member more than their role, for one project alone', async () => {
    const { host, guest, project, beside } = await world('admin');
    const invitation = { email: guest.email, role: 'viewer' };
    const invitations = `/api/v1/organizations/${host.home}/invitations`;
    const { token } = (await client.post(invitations, invitation, host.call)).body;
    await client.post('/api/v1/invitations/accept', { token }, guest.call);
    expect(await statusOf(client.patch(`${PROJECTS}/${project}`, { name: 'x' }, guest.call))).toBe(200);
    expect(await statusOf(get(guest, `${PROJECTS}/${beside}`))).toBe(200);
    expect(await statusOf(client.patch(`${PROJECTS}/${beside}`, { name: 'x' }, guest.call))).toBe(403);
    const rotate = client.post('/api/v1/crypto/keys/rotate', { project_id: project }, guest.call);
    expect([400, 403]).toContain(await statusOf(rotate));
    expect(
      await statusOf(client.patch(`/api/v1/organizations/${host.home}`, { name: 'xx' }, guest.call)),
    ).toBe(403);
    // Leaving ends it all.
    const own = `/api/v1/organizations/${host.home}/members/${guest.id}`;
    expect(await statusOf(client.delete(own, guest.call))).toBe(204);
    expect(await statusOf(get(guest, `${PROJECTS}/${project}`))).toBe(404);
  });

  it('are no way for API keys into another organization', async () => {
    const { guest, project } = await world('admin');
    const made = await client.post('/api/v1/api-keys', { name: 'Key', scopes: ['*'] }, guest.call);
    const key = { key: String(made.body.key) };
    expect(made.status).toBe(201);
    for (const answer of [
      client.get(`${PROJECTS}/${project}`, key),
      client.patch(`${PROJECTS}/${project}`, { name: 'x' }, key),
      client.delete(`${PROJECTS}/${project}`, key),
    ])
      expect(await statusOf(answer)).toBe(404);
    expect((await client.get(PROJECTS, key)).body.total).toBe(0);
  });
});
