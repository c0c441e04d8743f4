import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { Client } from '../support/client.js';
import { ephemeralKey } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PATH = '/api/v1/projects';
const WORD = 'correct horse battery staple';
const OTHER = 'another stable of horses';

/** A key that was handed out, and what it makes of texts. */
interface Ephemeral {
  readonly key_id: string;
  readonly encrypt: (text: string) => string;
}

async function keyFor(client: Client): Promise<Ephemeral> {
  const { key_id, public_key } = await ephemeralKey(client);
  const key = createPublicKey({ key: Buffer.from(public_key, 'base64'), format: 'der', type: 'spki' });
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return {
    key_id,
    encrypt: (text) => publicEncrypt(options, Buffer.from(text)).toString('base64'),
  };
}

describe('passwords of projects', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  const make = (body: object) => client.post(PATH, { name: 'Nightingale', ...body });
  const put = (id: string, json: object, headers: Record<string, string> = {}) =>
    client.send('PUT', `${PATH}/${id}/password`, { json, headers });
  const outcomeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
    body.error ? `${status} ${body.error.code}` : String(status);

  it('are set with the project, which says what they protect and whether they are weak', async () => {
    const strong = await make({ password: WORD });
    expect(strong.body).toMatchObject({
      protected: true,
      warnings: [],
      notice: expect.stringMatching(/originals and the redacted.+organization's key/),
    });
    expect((await client.get(`${PATH}/${strong.body.id}`)).body).not.toHaveProperty('notice');
    const weak = await make({ password: 'nightingale1' });
    expect([weak.status, weak.body.warnings.length]).toEqual([201, 1]);
    const none = await make({ password: null });
    expect(none.body.protected).toBe(false);
    expect(none.body).not.toHaveProperty('warnings');
  });

  it('are set, changed and taken away by whoever knows the one that holds', async () => {
    const { id } = (await make({})).body;
    const set = await put(id, { password: WORD });
    expect([set.status, set.headers.get('etag')]).toEqual([200, '"2"']);
    expect(set.body).toMatchObject({ id, protected: true, version: 2, warnings: [] });
    for (const [body, outcome] of [
      [{ password: OTHER }, '400 PASSWORD_REQUIRED'],
      [{ password: null }, '400 PASSWORD_REQUIRED'],
      [{ password: OTHER, current_password: 'wrong' }, '400 INVALID_PASSWORD'],
      [{ password: null, current_password: OTHER }, '400 INVALID_PASSWORD'],
      [{ password: OTHER, current_password: WORD }, '200'],
      [{ password: null, current_password: WORD }, '400 INVALID_PASSWORD'],
      [{ password: null, current_password: OTHER }, '200'],
      [{ password: null }, '200'],
    ] as const)
      expect([body, outcomeOf(await put(id, body))]).toEqual([body, outcome]);
    expect((await client.get(`${PATH}/${id}`)).body).toMatchObject({ protected: false, version: 4 });
    const { body: log } = await client.get(`/api/v1/audit-logs?target_id=${id}&order=asc`);
    expect(log.data.map(({ action }: { action: string }) => action)).toEqual(
      ['created', 'password_set', 'password_changed', 'password_removed'].map((news) => `project.${news}`),
    );
  });

  it('travel encrypted, both under one key that works once', async () => {
    const first = await keyFor(client);
    const created = await make({ key_id: first.key_id, encrypted_password: first.encrypt(WORD) });
    expect(created.body).toMatchObject({ protected: true, warnings: [] });
    const { id } = created.body;
    const again = await put(id, {
      ...{ password: OTHER, key_id: first.key_id, encrypted_current_password: first.encrypt(WORD) },
    });
    expect(outcomeOf(again)).toBe('400 ENCRYPTION_FAILED');
    const second = await keyFor(client);
    const both = await put(id, {
      key_id: second.key_id,
      encrypted_password: second.encrypt(OTHER),
      encrypted_current_password: second.encrypt(WORD),
    });
    expect(outcomeOf(both)).toBe('200');
    const third = await keyFor(client);
    const removal = {
      ...{ password: null, key_id: third.key_id, encrypted_current_password: third.encrypt(OTHER) },
    };
    expect((await put(id, removal)).body).toMatchObject({ protected: false, version: 3 });
  });

  it('that came encrypted are set once, and the repeated request gets the same answer', async () => {
    const { key_id, encrypt } = await keyFor(client);
    const body = { name: 'Repeated', key_id, encrypted_password: encrypt(WORD) };
    const once = { headers: { 'idempotency-key': 'encrypted-1' } };
    const [first, again] = [await client.post(PATH, body, once), await client.post(PATH, body, once)];
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    const { id } = first.body;
    const change = { password: OTHER, current_password: WORD };
    for (let trial = 0; trial < 2; trial += 1)
      expect((await put(id, change, { 'idempotency-key': 'encrypted-2' })).body.version).toBe(2);
  });

  it('are bound to the same rules when they come encrypted', async () => {
    const { key_id, encrypt } = await keyFor(client);
    const { status, body } = await make({ key_id, encrypted_password: encrypt('short') });
    expect([status, body.error.details]).toEqual([
      400,
      { field: 'encrypted_password', constraint: 'minLength' },
    ]);
  });

  it('sent by several at once: one holds then, the others are told', async () => {
    const { id } = (await make({ password: WORD })).body;
    const words = ['first password', 'second password', 'third password'];
    const answers = await Promise.all(words.map((password) => put(id, { password, current_password: WORD })));
    const outcomes = answers.map(outcomeOf);
    expect([...outcomes].sort()).toEqual(['200', '412 PRECONDITION_FAILED', '412 PRECONDITION_FAILED']);
    const winner = words[outcomes.indexOf('200')];
    expect(outcomeOf(await put(id, { password: null, current_password: winner }))).toBe('200');
  });

  it.each<[string, object, string, string]>([
    ['too short', { password: 'x'.repeat(7) }, 'password', 'minLength'],
    ['too long', { password: 'x'.repeat(129) }, 'password', 'maxLength'],
    ['too many bytes', { password: '🦊'.repeat(80) }, 'password', 'maxBytes'],
    ['a number', { password: 12345678 }, 'password', 'type'],
    [
      'in both forms',
      { password: WORD, key_id: 'k', encrypted_password: 'AAAA' },
      'encrypted_password',
      'exclusive',
    ],
    ['without its key', { encrypted_password: 'AAAA' }, 'key_id', 'required'],
    ['as a key alone', { key_id: 'k' }, 'encrypted_password', 'required'],
  ])('are refused when %s, with the project and later', async (_, body, field, constraint) => {
    const { id } = (await make({})).body;
    const late = 'key_id' in body && Object.keys(body).length === 1 ? { ...body, password: null } : body;
    for (const { status, body: answer } of [await make(body), await put(id, late)]) {
      expect([status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(answer.error.details).toMatchObject({ field, constraint });
      expect(JSON.stringify(answer)).not.toContain(WORD);
    }
  });

  it.each<[string, object, string, string]>([
    ['nothing', {}, 'password', 'required'],
    ['the current one alone', { current_password: WORD }, 'password', 'required'],
    [
      'the current one in both forms',
      { password: OTHER, current_password: WORD, key_id: 'k', encrypted_current_password: 'AAAA' },
      'encrypted_current_password',
      'exclusive',
    ],
    ['an unknown field', { password: OTHER, confirm: OTHER }, 'confirm', 'unknown'],
  ])('are not changed by %s', async (_, body, field, constraint) => {
    const { id } = (await make({ password: WORD })).body;
    const { status, body: answer } = await put(id, body);
    expect(status).toBe(400);
    expect(answer.error.details).toMatchObject({ field, constraint });
  });

  it.each(['eph_00000000000000000000000000', 'eph_1', 'k'])(
    'encrypted with no key of ours, %s, fail alike',
    async (key_id) => {
      const { status, body } = await make({ key_id, encrypted_password: 'AAAA' });
      expect([status, body.error]).toMatchObject([400, { code: 'ENCRYPTION_FAILED' }]);
      expect(body.error).not.toHaveProperty('details');
    },
  );
});

describe('passwords under the strict policy', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_PASSWORD_POLICY: 'strict' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it('are refused with what they lack', async () => {
    const { status, body } = await client.post(PATH, { name: 'x', password: WORD });
    expect([status, body.error.details.constraint]).toEqual([400, 'composition']);
    expect(body.error.message).toBe(
      'The password lacks an upper-case letter, a digit, one of !@#$%^&*(),.?":{}|<>.',
    );
    expect((await client.post(PATH, { name: 'x', password: 'Correct horse 7!' })).status).toBe(201);
  });
});
