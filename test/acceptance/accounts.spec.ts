import { type Call, Client } from '../support/client.js';
import { MailServer } from '../support/mail-server.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'violet umbrella at dawn';
const NOBODY: Call = { key: '' };
const TOKEN = /^[0-9a-f]{40}$/;

/** As a proxy would say it. */
const from = (address: string, call: Call = NOBODY): Call => ({
  ...call,
  headers: { ...call.headers, 'x-forwarded-for': address },
});

describe('accounts', () => {
  let redoubt: RedoubtProcess;
  let mail: MailServer;
  let client: Client;

  beforeAll(async () => {
    mail = await MailServer.start();
    redoubt = await RedoubtProcess.start({ SMTP_URL: mail.url, REDOUBT_TRUST_PROXY: '127.0.0.1' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    mail?.stop();
  });

  const register = (username: string, more: object = {}) =>
    client.post(
      '/api/v1/auth/register',
      { username, email: `${username}@example.org`, password: PASSWORD, ...more },
      NOBODY,
    );
  const login = (email: string, password = PASSWORD, call: Call = NOBODY) =>
    client.post('/api/v1/auth/login', { email, password }, call);
  const tokenOf = async (username: string): Promise<string> =>
    (await login(`${username}@example.org`)).body.token;
  const profile = async (key: string) => (await client.get('/api/v1/auth/profile', { key })).status;
  const actionsOf = async (key: string): Promise<string[]> => {
    const { body } = await client.get('/api/v1/audit-logs?page_size=100', { key });
    return body.data.map(({ action }: { action: string }) => action);
  };

  it('come with an organization of their own, and are logged in', async () => {
    const made = await register('newcomer', { first_name: 'Nora', last_name: 'Quill' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      token: expect.stringMatching(TOKEN),
      organization: { name: "Nora's Organization" },
      user: { username: 'newcomer', email: 'newcomer@example.org', full_name: 'Nora Quill', role: 'user' },
    });
    const key: string = made.body.token;
    const project = await client.post('/api/v1/projects', { name: 'First' }, { key });
    expect(project.status).toBe(201);
    expect(await actionsOf(key)).toEqual(['project.created', 'user.created', 'organization.created']);
    expect((await register('unnamed')).body.organization.name).toBe("unnamed's Organization");
  });

  it.each<[string, object, number, string, string]>([
    ['a known address, in capitals', { email: 'TAKEN@Example.org' }, 409, 'EMAIL_TAKEN', 'email'],
    ['a known user name, in capitals', { username: 'TAKEN' }, 409, 'USERNAME_TAKEN', 'username'],
    ['a short user name', { username: 'ab' }, 400, 'VALIDATION_ERROR', 'username'],
    ['a user name with a dash', { username: 'a-b-c' }, 400, 'VALIDATION_ERROR', 'username'],
    ['no address', { email: 'nobody' }, 400, 'VALIDATION_ERROR', 'email'],
    ['an address too long', { email: `${'x'.repeat(250)}@e.org` }, 400, 'VALIDATION_ERROR', 'email'],
    ['a short password', { password: 'seven c' }, 400, 'VALIDATION_ERROR', 'password'],
    ['a password of 129 characters', { password: 'xy1'.repeat(43) }, 400, 'VALIDATION_ERROR', 'password'],
    ['a common password', { password: 'Password2026' }, 400, 'VALIDATION_ERROR', 'password'],
    ['its user name as password', { password: 'somebody_9' }, 400, 'VALIDATION_ERROR', 'password'],
    ['an invitation that is none', { invitation_token: 'x' }, 422, 'INVALID_INVITATION', ''],
  ])('are refused for %s', async (_, wrong, status, code, field) => {
    await register('taken');
    const answer = await register('somebody_9', wrong);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    if (field) expect(answer.body.error.details.field).toBe(field);
  });

  it('are had by one of many who want the same name at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => register('wanted')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it('have any number of logins, each ended by itself or all together, from the next request on', async () => {
    await register('busy');
    const [first, second, third] = [await tokenOf('busy'), await tokenOf('busy'), await tokenOf('busy')];
    if (!first || !second || !third) throw new Error('a login failed');
    const listed = await client.get('/api/v1/auth/tokens', { key: first });
    expect([listed.body.total, listed.text.includes(second)]).toEqual([4, false]);
    const current = listed.body.data.filter((token: { current: boolean }) => token.current);
    expect(current).toEqual([expect.objectContaining({ client: expect.stringContaining('node') })]);
    const { body } = await client.get('/api/v1/auth/tokens', { key: second });
    const { id } = body.data.find((token: { current: boolean }) => token.current);
    expect((await client.delete(`/api/v1/auth/tokens/${id}`, { key: first })).status).toBe(204);
    expect([await profile(second), await profile(third)]).toEqual([401, 200]);
    await register('stranger');
    const foreign = await client.delete(`/api/v1/auth/tokens/${id}`, { key: await tokenOf('stranger') });
    expect(foreign.status).toBe(404);
    expect((await client.send('POST', '/api/v1/auth/logout', { key: first })).status).toBe(204);
    expect([await profile(first), await profile(third)]).toEqual([401, 200]);
    const everywhere = await client.post('/api/v1/auth/logout', { everywhere: true }, { key: third });
    expect([everywhere.status, await profile(third)]).toEqual([204, 401]);
    expect(await actionsOf(await tokenOf('busy'))).toEqual(
      expect.arrayContaining(['user.logged_in', 'user.logged_out', 'login_token.revoked']),
    );
  });

  it('give an unknown address and a wrong password the same answer, and the owner an entry', async () => {
    await register('careful');
    const wrong = await login('careful@example.org', 'wrong');
    const unknown = await login('carefull@example.org', 'wrong');
    expect([wrong.status, wrong.body.error]).toEqual([401, unknown.body.error]);
    expect([unknown.status, unknown.body.error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    const names = (headers: Headers): string[] => [...headers.keys()].sort();
    expect(names(wrong.headers)).toEqual(names(unknown.headers));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await actionsOf(await tokenOf('careful'))).toContain('user.login_failed');
  });

  it('delay who guesses, and not their owner elsewhere', async () => {
    await register('hunted');
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => login('hunted@example.org', 'wrong', from('198.51.100.7'))),
    );
    const refused = guesses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await login('hunted@example.org', PASSWORD, from('198.51.100.7'))).status).toBe(429);
    expect((await login('hunted@example.org', PASSWORD, from('203.0.113.7'))).status).toBe(200);
  });

  it('change their names and address, the address with the password alone', async () => {
    await register('changing', { first_name: 'Ada' });
    const key = await tokenOf('changing');
    const patch = (body: object) => client.patch('/api/v1/auth/profile', body, { key });
    expect((await patch({ last_name: 'Byron' })).body).toMatchObject({ full_name: 'Ada Byron' });
    expect((await patch({})).status).toBe(400);
    expect((await patch({ username: 'taken' })).status).toBe(409);
    expect((await patch({ email: 'new@example.org' })).body.error.details.field).toBe('current_password');
    const wrong = await patch({ email: 'new@example.org', current_password: 'wrong' });
    expect(wrong.body.error.code).toBe('INVALID_CURRENT_PASSWORD');
    const right = await patch({ email: 'new@example.org', current_password: PASSWORD });
    expect([right.status, right.body.email]).toEqual([200, 'new@example.org']);
    expect((await login('changing@example.org')).status).toBe(401);
    expect((await login('new@example.org')).status).toBe(200);
    const foreign = await patch({ organization_id: 'org_01k9zq3v8x6m2n4p5r7s9t0w1z' });
    expect(foreign.status).toBe(404);
  });

  it('change their password, which ends their other logins', async () => {
    await register('cautious');
    const [kept, other] = [await tokenOf('cautious'), await tokenOf('cautious')];
    const put = (json: object) => client.send('PUT', '/api/v1/auth/password', { key: kept, json });
    const next = 'another umbrella';
    expect((await put({ new_password: next })).status).toBe(400);
    expect((await put({ current_password: 'wrong', new_password: next })).status).toBe(400);
    expect((await put({ current_password: PASSWORD, new_password: 'password' })).status).toBe(400);
    expect((await put({ current_password: PASSWORD, new_password: next })).status).toBe(204);
    expect([await profile(kept), await profile(other)]).toEqual([200, 401]);
    expect((await login('cautious@example.org')).status).toBe(401);
    expect((await login('cautious@example.org', next)).status).toBe(200);
  });

  it('get a token for a new password by mail, which works once; nobody learns who has one', async () => {
    await register('forgetful');
    const key = await tokenOf('forgetful');
    const ask = (email: string) => client.post('/api/v1/auth/password/reset', { email }, NOBODY);
    const [known, unknown] = [await ask('Forgetful@example.org'), await ask('nobody@example.org')];
    expect([known.status, known.body]).toEqual([202, unknown.body]);
    const line = await mail.line(/^ +[0-9a-f]{40}$/);
    expect(mail.lines.filter((text) => text.startsWith('RCPT'))).toEqual(['RCPT TO:<forgetful@example.org>']);
    const confirm = (password: string) =>
      client.post('/api/v1/auth/password/reset/confirm', { token: line.trim(), password }, NOBODY);
    expect((await confirm('forgetful')).status).toBe(400);
    const answers = await Promise.all(Array.from({ length: 4 }, () => confirm('another umbrella')));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422]);
    expect(await profile(key)).toBe(401);
    expect((await login('forgetful@example.org', 'another umbrella')).status).toBe(200);
  });

  it('give their first administrator a password by the key, and no narrower key', async () => {
    const json = { name: 'narrow', scopes: ['auth:read', 'auth:write'] };
    const narrow: string = (await client.post('/api/v1/api-keys', json)).body.key;
    const identity = { email: 'root@example.org', username: 'root_1' };
    expect((await client.patch('/api/v1/auth/profile', identity, { key: narrow })).status).toBe(403);
    expect((await client.patch('/api/v1/auth/profile', identity)).body).toMatchObject({
      has_password: false,
    });
    const set = (call: Call) =>
      client.send('PUT', '/api/v1/auth/password', { ...call, json: { new_password: PASSWORD } });
    expect([(await set({ key: narrow })).status, (await set({})).status]).toEqual([403, 204]);
    expect((await login('root@example.org')).body.user.role).toBe('admin');
    expect((await client.send('POST', '/api/v1/auth/logout')).body.error.code).toBe('NOT_LOGGED_IN');
  });

  it("answer KeyNest's samples, with and without slashes", async () => {
    const sample = {
      username: 'newuser',
      email: 'user@example.com',
      password: 'securepassword123',
      confirm_password: 'securepassword123',
      first_name: 'John',
      last_name: 'Doe',
    };
    const user = {
      id: expect.any(Number),
      username: 'newuser',
      email: 'user@example.com',
      first_name: 'John',
      last_name: 'Doe',
      full_name: 'John Doe',
    };
    const differing = await client.post('/api/auth/register/', { ...sample, confirm_password: 'x' }, NOBODY);
    expect(differing.body).toMatchObject({
      error: 'Validation failed',
      details: { confirm_password: [expect.any(String)] },
    });
    const registered = await client.post('/api/auth/register/', sample, NOBODY);
    const date = expect.stringMatching(/Z$/);
    expect([registered.status, registered.body]).toEqual([
      201,
      {
        message: 'User registered successfully',
        token: expect.stringMatching(TOKEN),
        user: { ...user, date_joined: date },
        organization: { id: expect.any(Number), name: "John's Organization" },
      },
    ]);
    const again = await client.post('/api/auth/register', sample, NOBODY);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      error: 'Validation failed',
      details: { email: [expect.any(String)] },
    });
    const credentials = { email: 'user@example.com', password: 'securepassword123' };
    const loggedIn = await client.post('/api/auth/login', credentials, NOBODY);
    expect([loggedIn.status, loggedIn.body]).toEqual([200, { token: expect.stringMatching(TOKEN), user }]);
    const wrong = await client.post('/api/auth/login/', { ...credentials, password: 'x' }, NOBODY);
    expect([wrong.status, wrong.body.error]).toEqual([401, 'Invalid credentials']);
    const call: Call = { key: loggedIn.body.token, scheme: 'Token' };
    const shown = await client.get('/api/auth/profile/', call);
    expect(shown.body).toEqual({ ...user, date_joined: date, last_login: date, is_active: true });
    const out = await client.send('POST', '/api/auth/logout/', call);
    expect([out.status, out.body]).toEqual([200, { message: 'Successfully logged out' }]);
    expect((await client.get('/api/auth/profile', call)).status).toBe(401);
    const missing = await client.post('/api/auth/login/', { email: 'user@example.com' }, NOBODY);
    expect(missing.body).toMatchObject({
      error: 'Validation failed',
      details: { password: [expect.any(String)] },
    });
  });
});

describe('a server that others reach', () => {
  it('makes accounts by invitation alone', async () => {
    const redoubt = await RedoubtProcess.start({ HOST: '0.0.0.0' });
    try {
      const client = new Client(redoubt.url, redoubt.adminKey);
      const account = { username: 'guest', email: 'guest@example.org', password: PASSWORD };
      const refused = await client.post('/api/v1/auth/register', account, NOBODY);
      expect([refused.status, refused.body.error.code]).toEqual([403, 'REGISTRATION_CLOSED']);
    } finally {
      await redoubt.dispose();
    }
  });
});
