import { type Answer, type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/v1/organizations';
const ACCEPT = '/api/v1/invitations/accept';
const PROJECTS = '/api/v1/projects';
const MISSING = 'org_00000000000000000000000000';

interface Person {
  readonly id: string;
  readonly number: number;
  readonly email: string;
  readonly home: string;
  readonly call: Call;
}

describe('organizations', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let people = 0;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  /** Somebody who has just registered, with an organization of their own. */
  async function register(more: object = {}): Promise<Person> {
    const name = `person${++people}`;
    const body = {
      ...{ username: name, email: `${name}@example.com`, password: 'rather a long secret 77' },
      ...{ first_name: `First${people}`, last_name: 'Last', ...more },
    };
    const { status, body: made } = await client.post('/api/v1/auth/register', body, { key: '' });
    expect(status).toBe(201);
    const { token, user, organization } = made;
    return {
      id: user.id,
      number: user.number,
      email: body.email,
      home: organization.id,
      call: { key: token },
    };
  }

  const get = (who: Person, path: string): Promise<Answer> => client.get(path, who.call);
  const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
  const codeOf = async (answer: Promise<Answer>): Promise<unknown> => {
    const { status, body } = await answer;
    return [status, body?.error?.code];
  };

  const invite = async (who: Person, organization: string, email: string, role: string): Promise<string> => {
    const { status, body } = await client.post(
      `${PATH}/${organization}/invitations`,
      { email, role },
      who.call,
    );
    expect([status, body.mailed]).toEqual([201, false]);
    return body.token;
  };

  /** Makes somebody a member of another's home organization. */
  async function admit(host: Person, guest: Person, role: string): Promise<void> {
    const token = await invite(host, host.home, guest.email, role);
    expect(await statusOf(client.post(ACCEPT, { token }, guest.call))).toBe(200);
  }

  const makeProject = async (who: Person, body: object = {}): Promise<string> =>
    (await client.post(PROJECTS, { name: 'Project', ...body }, who.call)).body.id;

  it('are made, listed, read and changed by version, and counted as people and projects come and go', async () => {
    const owner = await register();
    const description = 'Description of the new organization';
    const created = await client.post(PATH, { name: ' New Organization ', description }, owner.call);
    expect([created.status, created.headers.get('etag')]).toEqual([201, '"1"']);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^org_[0-9a-z]{26}$/),
      number: expect.any(Number),
      ...{ name: 'New Organization', description, member_count: 1, project_count: 0, user_role: 'admin' },
      ...{ version: 1, created_at: expect.any(String), updated_at: expect.any(String) },
    });
    const at = `${PATH}/${created.body.id}`;
    const list = (await get(owner, `${PATH}?sort=name&order=asc`)).body;
    expect(list.data.map(({ name }: { name: string }) => name)).toEqual([
      "First1's Organization",
      'New Organization',
    ]);
    const project = await makeProject(owner, { organization_id: created.body.id });
    expect((await get(owner, at)).body).toMatchObject({ project_count: 1, version: 2 });
    const stale = client.patch(at, { name: 'Other' }, { ...owner.call, headers: { 'if-match': '"1"' } });
    expect(await codeOf(stale)).toEqual([412, 'PRECONDITION_FAILED']);
    const changed = await client.patch(
      at,
      { description: null },
      { ...owner.call, headers: { 'if-match': '"2"' } },
    );
    expect(changed.body).toMatchObject({ name: 'New Organization', description: null, version: 3 });
    expect(await statusOf(client.delete(`${PROJECTS}/${project}`, owner.call))).toBe(204);
    expect((await get(owner, at)).body).toMatchObject({ project_count: 0, version: 4 });
  });

  it('have names that differ among those of one person, in whatever case, also when made at once', async () => {
    const owner = await register();
    const make = (name: string) => client.post(PATH, { name }, owner.call);
    const made = await Promise.all(['Straße', 'STRASSE', 'straße', 'StraßE'].map(make));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expect(await codeOf(make(' strasse '))).toEqual([409, 'ORGANIZATION_EXISTS']);
    expect(await codeOf(make(' x '))).toEqual([400, 'VALIDATION_ERROR']);
    const rename = client.patch(`${PATH}/${owner.home}`, { name: 'Strasse' }, owner.call);
    expect(await codeOf(rename)).toEqual([409, 'ORGANIZATION_EXISTS']);
    const stranger = await register();
    expect(await statusOf(client.post(PATH, { name: 'Strasse' }, stranger.call))).toBe(201);
  });

  it('let in whom they have invited, once, by the address alone, with an account or without', async () => {
    const [host, guest, other] = [await register(), await register(), await register()];
    const token = await invite(host, host.home, guest.email.toUpperCase(), 'editor');
    expect(token).toMatch(/^[0-9a-f]{40}$/);
    const invitations = `${PATH}/${host.home}/invitations`;
    const again = client.post(invitations, { email: guest.email, role: 'viewer' }, host.call);
    expect(await codeOf(again)).toEqual([409, 'INVITATION_EXISTS']);
    const listed = (await get(host, `${invitations}?status=open`)).body.data;
    expect(listed).toEqual([expect.objectContaining({ email: guest.email.toUpperCase(), status: 'open' })]);
    expect(JSON.stringify(listed)).not.toContain(token);
    const [wrong, missing] = [
      await client.post(ACCEPT, { token }, other.call),
      await client.post(ACCEPT, { token: '0'.repeat(40) }, other.call),
    ];
    expect(wrong.body.error).toEqual(missing.body.error);
    expect([wrong.status, missing.status]).toEqual([404, 404]);
    const race = Array.from({ length: 8 }, () => client.post(ACCEPT, { token }, guest.call));
    const answers = await Promise.all(race);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(404)]);
    expect((await get(guest, `${PATH}/${host.home}`)).body).toMatchObject({
      member_count: 2,
      user_role: 'editor',
    });

    const late = await invite(host, host.home, `person${people + 1}@example.com`, 'viewer');
    const newcomer = await register({ invitation_token: late });
    expect((await get(newcomer, `${PATH}/${host.home}`)).body).toMatchObject({
      member_count: 3,
      user_role: 'viewer',
    });
    const [accepted] = (await get(host, `${invitations}?status=accepted`)).body.data;
    expect(await codeOf(client.delete(`${invitations}/${accepted.id}`, host.call))).toEqual([
      409,
      'INVITATION_ACCEPTED',
    ]);
    const revoked = await invite(host, host.home, other.email, 'admin');
    const [open] = (await get(host, `${invitations}?status=open`)).body.data;
    for (let times = 0; times < 2; times += 1)
      expect(await statusOf(client.delete(`${invitations}/${open.id}`, host.call))).toBe(204);
    expect(await statusOf(client.post(ACCEPT, { token: revoked }, other.call))).toBe(404);
    const member = client.post(invitations, { email: guest.email, role: 'admin' }, host.call);
    expect(await codeOf(member)).toEqual([409, 'ALREADY_MEMBER']);
    for (const { status } of [
      await client.get(invitations, guest.call),
      await client.post(invitations, { email: 'x@example.com', role: 'viewer' }, newcomer.call),
    ])
      expect(status).toBe(403);
  });

  it('show a token once, and not to those who repeat their request', async () => {
    const host = await register();
    const call = { ...host.call, headers: { 'idempotency-key': 'once' } };
    const body = { email: 'somebody@example.com', role: 'viewer' };
    const first = await client.post(`${PATH}/${host.home}/invitations`, body, call);
    const { token, ...rest } = first.body;
    const replay = await client.post(`${PATH}/${host.home}/invitations`, body, call);
    expect([token.length, replay.body]).toEqual([40, { ...rest, token_withheld: true }]);
  });

  it('have members with names and roles, and keep an administrator, also when all leave at once', async () => {
    const [first, second] = [await register(), await register()];
    await admit(first, second, 'admin');
    const members = `${PATH}/${first.home}/members`;
    expect((await get(second, `${members}?order=asc`)).body.data).toEqual([
      expect.objectContaining({ user_id: first.id, number: first.number, email: first.email, role: 'admin' }),
      expect.objectContaining({ user_id: second.id, full_name: `First${people} Last`, role: 'admin' }),
    ]);
    for (let round = 0; round < 4; round += 1) {
      const leaving = [first, second].map((who) =>
        round % 2 === 0
          ? client.delete(`${members}/${who.id}`, who.call)
          : client.patch(`${members}/${who.id}`, { role: 'viewer' }, who.call),
      );
      const codes = (await Promise.all(leaving)).map(({ status, body }) => body?.error?.code ?? status);
      expect(codes.filter((code) => code === 'LAST_ADMIN')).toHaveLength(1);
      const stays = codes[0] === 'LAST_ADMIN' ? first : second;
      const leaves = stays === first ? second : first;
      if (round % 2 === 0) {
        const token = await invite(stays, first.home, leaves.email, 'admin');
        expect(await statusOf(client.post(ACCEPT, { token }, leaves.call))).toBe(200);
      } else
        expect((await client.patch(`${members}/${leaves.id}`, { role: 'admin' }, stays.call)).body.role).toBe(
          'admin',
        );
    }
    expect((await get(first, `${PATH}/${first.home}`)).body.member_count).toBe(2);
  });

  it('are reached by those who belong to several, by role, until the very request after a removal', async () => {
    const [host, guest, outsider] = [await register(), await register(), await register()];
    await admit(host, guest, 'viewer');
    const [own, shared] = [await makeProject(guest), await makeProject(host, { name: 'Shared' })];
    const at = `${PROJECTS}/${shared}`;
    const ids = async (query = ''): Promise<string[]> =>
      (await get(guest, `${PROJECTS}${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect((await ids()).sort()).toEqual([own, shared].sort());
    expect(await ids(`?organization_id=${host.home}`)).toEqual([shared]);
    expect(await ids(`?organization_id=${MISSING}`)).toEqual([]);
    expect(await statusOf(get(guest, at))).toBe(200);
    expect(await statusOf(client.patch(at, { name: 'Changed' }, guest.call))).toBe(403);
    const create = () => client.post(PROJECTS, { name: 'New', organization_id: host.home }, guest.call);
    expect(await statusOf(create())).toBe(403);
    for (const write of [client.patch(at, { name: 'x' }, outsider.call), client.delete(at, outsider.call)])
      expect(await statusOf(write)).toBe(404);
    const foreign = client.post(PROJECTS, { name: 'New', organization_id: host.home }, outsider.call);
    expect(await codeOf(foreign)).toEqual([404, 'NOT_FOUND']);

    const member = `${PATH}/${host.home}/members/${guest.id}`;
    expect((await client.patch(member, { role: 'editor' }, host.call)).body.role).toBe('editor');
    expect(await statusOf(client.patch(at, { name: 'Changed' }, guest.call))).toBe(200);
    const made = await create();
    expect([made.status, made.body.organization_id]).toEqual([201, host.home]);
    expect(await statusOf(client.delete(at, guest.call))).toBe(403);
    expect(await statusOf(client.delete(`${PATH}/${host.home}/members/${host.id}`, guest.call))).toBe(403);
    expect(await statusOf(client.delete(member, host.call))).toBe(204);
    const after = [
      get(guest, at),
      get(guest, `${PATH}/${host.home}`),
      get(guest, `${PATH}/${host.home}/members`),
    ];
    for (const answer of after) expect(await statusOf(answer)).toBe(404);
    expect(await ids()).toEqual([own]);
  });

  it('take uploads of their members whatever those may do at home', async () => {
    const [host, guest] = [await register(), await register()];
    await admit(host, guest, 'editor');
    const project = await makeProject(host);
    const upload = (isFirst: boolean, headers: Record<string, string> = {}) => {
      const form = new FormData();
      if (isFirst) form.append('project_id', project);
      form.append('file', new Blob(['Some text']), `${isFirst}${Object.keys(headers).length}.txt`);
      if (!isFirst) form.append('project_id', project);
      return client.send('POST', '/api/v1/documents', { ...guest.call, form, headers });
    };
    const uploaded = await upload(true);
    expect(uploaded.status).toBe(201);
    const document = `/api/v1/documents/${uploaded.body.document_id}`;
    expect((await get(host, document)).body.project_id).toBe(project);
    expect(await codeOf(upload(false))).toEqual([400, 'VALIDATION_ERROR']);
    expect(await statusOf(upload(false, { 'x-organization-id': host.home }))).toBe(201);
    await client.patch(`${PATH}/${host.home}/members/${guest.id}`, { role: 'viewer' }, host.call);
    expect(await statusOf(upload(true))).toBe(403);
    // Somebody who may only read at home still writes where they may write.
    await admit(guest, host, 'viewer');
    const profile = { organization_id: guest.home };
    expect(await statusOf(client.patch('/api/v1/auth/profile', profile, host.call))).toBe(200);
    const form = new FormData();
    form.append('project_id', project);
    form.append('file', new Blob(['Text']), 'by-host.txt');
    expect(await statusOf(client.send('POST', '/api/v1/documents', { ...host.call, form }))).toBe(201);
  });

  it('end with all that is in them, once nobody has their home there and nothing is held', async () => {
    const [owner, member] = [await register(), await register()];
    const { id } = (await client.post(PATH, { name: 'Short-lived' }, owner.call)).body;
    const token = await invite(owner, id, member.email, 'editor');
    await client.post(ACCEPT, { token }, member.call);
    const project = await makeProject(owner, { organization_id: id, legal_hold: true });
    const remove = (who = owner) => client.delete(`${PATH}/${id}`, who.call);
    expect(await statusOf(remove(member))).toBe(403);
    expect(await codeOf(remove())).toEqual([409, 'LEGAL_HOLD']);
    await client.patch(`${PROJECTS}/${project}`, { legal_hold: false }, owner.call);
    await client.patch('/api/v1/auth/profile', { organization_id: id }, member.call);
    expect(await codeOf(remove())).toEqual([409, 'ORGANIZATION_IN_USE']);
    expect(await codeOf(client.delete(`${PATH}/${owner.home}`, owner.call))).toEqual([
      409,
      'ORGANIZATION_IN_USE',
    ]);
    await client.patch('/api/v1/auth/profile', { organization_id: member.home }, member.call);
    const call = { ...owner.call, headers: { 'idempotency-key': 'the end' } };
    for (let times = 0; times < 2; times += 1)
      expect(await statusOf(client.delete(`${PATH}/${id}`, call))).toBe(204);
    for (const who of [owner, member])
      for (const path of [`${PATH}/${id}`, `${PROJECTS}/${project}`, `${PATH}/${id}/members`])
        expect([path, await statusOf(get(who, path))]).toEqual([path, 404]);
    const { data } = (await get(owner, PATH)).body;
    expect(data.map((row: { id: string }) => row.id)).toEqual([owner.home]);
    expect(await statusOf(client.post(PATH, { name: 'Short-lived' }, owner.call))).toBe(201);
  });
});
