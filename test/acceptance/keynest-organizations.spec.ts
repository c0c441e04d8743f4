import { type Answer, type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/organizations/';

interface Person {
  readonly number: number;
  readonly email: string;
  readonly call: Call;
}

describe("KeyNest's organizations", () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let people = 0;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  async function register(): Promise<Person> {
    const username = `keynest${++people}`;
    const body = {
      ...{ username, email: `${username}@example.com`, password: 'rather a long secret 77' },
      ...{ first_name: 'John', last_name: `Doe ${people}` },
    };
    const { token, user } = (await client.post('/api/v1/auth/register', body, { key: '' })).body;
    return { number: user.number, email: body.email, call: { key: token, scheme: 'Token' } };
  }

  const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
  const homeOf = async (who: Person): Promise<number> =>
    (await client.get(PATH, who.call)).body.results.at(-1).id;

  it('are made, listed, read, changed and deleted as in its document', async () => {
    const owner = await register();
    const sample = { name: 'New Organization', description: 'Description of the new organization' };
    const made = await client.post(PATH, sample, owner.call);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(Number),
      ...sample,
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      ...{ member_count: 1, project_count: 0, user_role: 'admin' },
    });
    const at = `${PATH}${made.body.id}/`;
    const list = (await client.get(PATH, owner.call)).body;
    expect(list).toMatchObject({ count: 2, next: null, previous: null });
    expect(list.results[0]).toEqual(made.body);
    expect(list.results[1]).toMatchObject({
      name: "John's Organization",
      description: '',
      user_role: 'admin',
    });
    expect((await client.get(at, owner.call)).body).toEqual(made.body);
    const changed = await client.patch(at, { description: null }, owner.call);
    expect(changed.body).toMatchObject({ name: 'New Organization', description: '' });
    const put = await client.send('PUT', at, { ...owner.call, json: { name: 'By PUT' } });
    expect(put.body).toMatchObject({ id: made.body.id, name: 'By PUT' });
    const taken = await client.post(PATH, { name: 'by put' }, owner.call);
    expect([taken.status, taken.body.code]).toEqual([409, 'ORGANIZATION_EXISTS']);
    const stranger = await register();
    for (const number of [made.body.id, 999_999_999]) {
      const foreign = await client.get(`${PATH}${number}/`, stranger.call);
      expect([foreign.status, foreign.body.code]).toEqual([404, 'NOT_FOUND']);
      expect(await statusOf(client.delete(`${PATH}${number}/`, stranger.call))).toBe(404);
    }
    expect(await statusOf(client.delete(at, owner.call))).toBe(204);
    expect(await statusOf(client.get(at, owner.call))).toBe(404);
  });

  it('have members that are invited, change roles and are removed by their numbers', async () => {
    const [owner, guest] = [await register(), await register()];
    const home = await homeOf(owner);
    const at = `${PATH}${home}`;
    const invited = await client.post(`${at}/invite_member/`, { email: guest.email }, owner.call);
    expect([invited.status, invited.body.role, invited.body.token.length]).toEqual([201, 'viewer', 40]);
    const core = { key: guest.call.key };
    await client.post('/api/v1/invitations/accept', { token: invited.body.token }, core);
    const members = (await client.get(`${at}/members/`, guest.call)).body;
    expect(members).toMatchObject({ count: 2, next: null, previous: null });
    expect(members.results[0]).toEqual({
      ...{ id: guest.number, username: 'keynest4', email: guest.email, full_name: 'John Doe 4' },
      ...{ role: 'viewer', joined_at: expect.stringMatching(/Z$/) },
    });
    const change = { user_id: guest.number, role: 'editor' };
    expect(await statusOf(client.patch(`${at}/update_member_role/`, change, guest.call))).toBe(403);
    const changed = await client.patch(`${at}/update_member_role/`, change, owner.call);
    expect([changed.status, changed.body.role]).toEqual([200, 'editor']);
    const last = { user_id: owner.number, role: 'viewer' };
    const refused = await client.patch(`${at}/update_member_role/`, last, owner.call);
    expect([refused.status, refused.body.code]).toEqual([409, 'LAST_ADMIN']);
    const remove = (user_id: number) =>
      client.send('DELETE', `${at}/remove_member/`, { ...owner.call, json: { user_id } });
    expect(await statusOf(remove(guest.number))).toBe(204);
    expect(await statusOf(remove(guest.number))).toBe(404);
    expect(await statusOf(client.get(`${at}/`, guest.call))).toBe(404);
  });

  it('hold projects of several at once, made wherever the role allows, with names of whoever made them', async () => {
    const [owner, guest] = [await register(), await register()];
    const [theirs, own] = [await homeOf(owner), await homeOf(guest)];
    const invitation = { email: guest.email, role: 'editor' };
    const { token } = (await client.post(`${PATH}${theirs}/invite_member/`, invitation, owner.call)).body;
    await client.post('/api/v1/invitations/accept', { token }, { key: guest.call.key });
    const make = (who: Person, name: string, organization?: number) =>
      client.post('/api/projects/', { name, ...(organization && { organization }) }, who.call);
    await make(owner, 'By the owner', theirs);
    const made = await make(guest, 'By the guest', theirs);
    expect(made.body).toMatchObject({ organization: theirs, created_by_name: 'John Doe 6' });
    expect((await make(guest, 'At home')).body).toMatchObject({ organization: own });
    const list = async (query = '') =>
      (await client.get(`/api/projects/${query}`, guest.call)).body.results.map(
        (row: { name: string; organization: number; created_by_name: string }) => [
          row.name,
          row.organization,
          row.created_by_name,
        ],
      );
    const there = [
      ['By the guest', theirs, 'John Doe 6'],
      ['By the owner', theirs, 'John Doe 5'],
    ];
    expect(await list()).toEqual([['At home', own, 'John Doe 6'], ...there]);
    expect(await list(`?organization=${theirs}`)).toEqual(there);
    expect(await list(`?organization=${theirs}&search=OWNER`)).toEqual(there.slice(1));
    expect(await list('?search=by')).toEqual(there);
    const at = `/api/projects/${made.body.id}/`;
    expect(await statusOf(client.patch(at, { name: 'Changed' }, guest.call))).toBe(200);
    expect(await statusOf(client.delete(at, guest.call))).toBe(403);
    expect(await statusOf(client.delete(at, owner.call))).toBe(204);
    const foreign = await make(owner, 'Nowhere', own);
    expect([foreign.status, foreign.body.details.organization.length]).toEqual([400, 1]);
  });
});
