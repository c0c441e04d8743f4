import { createPublicKey, webcrypto } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Client } from '../support/client.js';
import { describeWithPython, runPython } from '../support/python.js';
import { rateHeadersOf } from '../support/rate-headers.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const CORE = '/api/v1/crypto/ephemeral-key';
const SERO = '/api/crypto/ephemeral-key';

/** A busy machine takes its time, since keys are made when nothing else is to be done. */
const FILL_MS = 60_000;

const settings = { REDOUBT_TRUST_PROXY: '127.0.0.0/8' };
const from = (address: string) => ({ key: '', headers: { 'x-forwarded-for': address } });

/** Asks until there is a key. The addresses of this network are nobody's in other tests. */
async function keyWithin(client: Client, ms: number, path = CORE): Promise<Answer> {
  for (const until = Date.now() + ms; ; await sleep(200)) {
    const octets = [1, 2].map(() => 1 + Math.floor(Math.random() * 250));
    const answer = await client.get(path, from(`198.18.${octets.join('.')}`));
    if (answer.status !== 503 || Date.now() > until) return answer;
  }
}

/** The steps of SERO's sample client. */
async function encryptAsSero(publicKey: string, password: string): Promise<string> {
  const key = await webcrypto.subtle.importKey(
    'spki',
    new Uint8Array(
      atob(publicKey)
        .split('')
        .map((c) => c.charCodeAt(0)),
    ),
    { name: 'RSA-OAEP', hash: 'SHA-256' },
    false,
    ['encrypt'],
  );
  const encrypted = await webcrypto.subtle.encrypt('RSA-OAEP', key, new TextEncoder().encode(password));
  return btoa(String.fromCharCode(...new Uint8Array(encrypted)));
}

/** The same in Python, with the library that its programs use for it. */
const PYTHON = `
import base64, json, sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
given = json.load(sys.stdin)
key = serialization.load_der_public_key(base64.b64decode(given["public_key"]))
oaep = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
print(base64.b64encode(key.encrypt(given["password"].encode("utf-8"), oaep)).decode("ascii"), end="")
`;
const encryptInPython = (publicKey: string, password: string): string =>
  runPython(PYTHON, JSON.stringify({ public_key: publicKey, password }));

describe('ephemeral keys', () => {
  let redoubt: RedoubtProcess;
  let client: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ ...settings, REDOUBT_EPHEMERAL_POOL: '6' });
    client = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(() => redoubt.dispose());

  it.each([
    ['core', CORE],
    ['SERO', SERO],
  ])('are given to anybody, as the contract of %s says', async (_, path) => {
    const asked = Date.now();
    const { status, body, headers } = await keyWithin(client, FILL_MS, path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['key_id', 'public_key', 'expires_at']);
    expect(body.key_id).toMatch(/^eph_[0-9a-z]{26}$/);
    const key = createPublicKey({ key: Buffer.from(body.public_key, 'base64'), format: 'der', type: 'spki' });
    expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072, publicExponent: 65_537n });
    const seconds = (Date.parse(body.expires_at) - asked) / 1_000;
    expect(seconds).toBeGreaterThan(299);
    expect(seconds).toBeLessThan(300 + FILL_MS / 1_000);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  describe('have a limit of their own', () => {
    /** The statuses and what is left of calls one after the other; whether there was a key does not matter. */
    async function told(calls: readonly [path: string, address: string][]) {
      const answers: Answer[] = [];
      for (const [path, address] of calls) answers.push(await client.get(path, from(address)));
      return answers;
    }

    it('of 10 a minute for an address, on all surfaces together', async () => {
      const paths = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? CORE : SERO));
      const answers = await told(paths.map((path) => [path, '203.0.113.1']));
      expect(answers.map(({ status }) => [200, 503].includes(status))).toEqual(Array(10).fill(true));
      const states = answers.map(({ headers }) => rateHeadersOf(headers));
      expect(states.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      for (const { limit, policy } of states) expect([limit, policy]).toEqual([10, '"minute";q=10;w=60']);
      const [core, sero, other] = (await told([
        [CORE, '203.0.113.1'],
        [SERO, '203.0.113.1'],
        [CORE, '203.0.113.2'],
      ])) as [Answer, Answer, Answer];
      for (const { status, body, headers } of [core, sero]) {
        expect([status, body.error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
        expect(rateHeadersOf(headers)).toMatchObject({ limit: 10, remaining: 0 });
      }
      expect(rateHeadersOf(other.headers).remaining).toBe(9);
    });

    it('that an IPv6 customer cannot go round: a /64 is one address', async () => {
      const mine = Array.from({ length: 11 }, (_, index) => `2001:db8:1:2:${index}::${index}`);
      const answers = await told(mine.map((address) => [CORE, address]));
      expect(answers.map(({ status }) => status === 429)).toEqual([...Array(10).fill(false), true]);
      const [neighbour] = await told([[CORE, '2001:db8:1:3::1']]);
      expect(rateHeadersOf((neighbour as Answer).headers).remaining).toBe(9);
    });

    it('that uses up no plan, and that no credential changes, be it good or bad', async () => {
      const address = from('203.0.113.9');
      const made = await client.post('/api/v1/api-keys', {
        name: 'few',
        scopes: ['detect'],
        plan: 'secureai_free',
      });
      const keys = ['', made.body.key, redoubt.adminKey, 'sk_live_nonsense', 'nonsense'];
      const left: number[] = [];
      for (const key of keys)
        left.push(rateHeadersOf((await client.get(CORE, { ...address, key })).headers).remaining);
      expect(left).toEqual([9, 8, 7, 6, 5]);
      const own = await client.get('/api/v1/usage', { key: made.body.key });
      expect(own.body.windows).toMatchObject([
        { name: 'minute', used: 1 },
        { name: 'day', used: 1 },
      ]);
      const anonymous = await client.get('/nowhere', address);
      expect(rateHeadersOf(anonymous.headers)).toMatchObject({ limit: 100, remaining: 99 });
    });
  });

  /** Tried on a project's password, which an operation takes in this form. */
  describe('carry a password', () => {
    const PASSWORD = 'violet ocean 7 lanterns';
    let project: string;

    beforeEach(async () => {
      project = (await client.post('/api/v1/projects', { name: 'Patients' })).body.id;
    });

    const set = (json: object): Promise<Answer> =>
      client.send('PUT', `/api/v1/projects/${project}/password`, { json });

    async function freshKey(): Promise<{ key_id: string; public_key: string }> {
      const { status, body } = await keyWithin(client, FILL_MS);
      expect(status).toBe(200);
      return body;
    }

    it('from WebCrypto, and two of them under one key', async () => {
      const first = await freshKey();
      const next = await encryptAsSero(first.public_key, PASSWORD);
      expect(await set({ key_id: first.key_id, encrypted_password: next })).toMatchObject({ status: 200 });
      const { key_id, public_key } = await freshKey();
      const change = {
        key_id,
        encrypted_password: await encryptAsSero(public_key, 'пароль 🔑 of another script'),
        encrypted_current_password: await encryptAsSero(public_key, PASSWORD),
      };
      expect(await set(change)).toMatchObject({ status: 200, body: { protected: true } });
      expect(await set({ ...change, key_id: (await freshKey()).key_id })).toMatchObject({
        status: 400,
        body: { error: { code: 'ENCRYPTION_FAILED' } },
      });
      expect(await set({ password: null, current_password: PASSWORD })).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_PASSWORD' } },
      });
    });

    it('once, however many requests use the key at the same moment', async () => {
      const { key_id, public_key } = await freshKey();
      const encrypted_password = await encryptAsSero(public_key, PASSWORD);
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => set({ key_id, encrypted_password })),
      );
      const refused = answers.filter(({ status }) => status === 400);
      expect([answers.length - refused.length, refused.length]).toEqual([1, 99]);
      const bodies = refused.map(({ body }) => JSON.stringify({ ...body, request_id: undefined }));
      expect(new Set(bodies).size).toBe(1);
      expect(refused[0]?.body.error.code).toBe('ENCRYPTION_FAILED');
    });

    describeWithPython(['cryptography'], 'from Python', () => {
      it('encrypted with its usual library', async () => {
        const { key_id, public_key } = await freshKey();
        const encrypted_password = encryptInPython(public_key, PASSWORD);
        expect(await set({ key_id, encrypted_password })).toMatchObject({ status: 200 });
        expect(await set({ password: null, current_password: PASSWORD })).toMatchObject({ status: 200 });
      });
    });
  });
});

describe('an empty pool of ephemeral keys', () => {
  let redoubt: RedoubtProcess;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({
      ...settings,
      REDOUBT_EPHEMERAL_POOL: '1',
      REDOUBT_EPHEMERAL_PER_MINUTE: '10000',
    });
  });
  afterAll(() => redoubt.dispose());

  it.each([
    ['core', CORE],
    ['SERO', SERO],
  ])('is a 503 of %s that says when to come back, and fills again', async (_, path) => {
    const client = new Client(redoubt.url, redoubt.adminKey);
    expect((await keyWithin(client, FILL_MS, path)).status).toBe(200);
    let answer = await client.get(path, { key: '' });
    for (let left = 20; answer.status === 200 && left > 0; left--)
      answer = await client.get(path, { key: '' });
    expect([answer.status, answer.body.error.code]).toEqual([503, 'EPHEMERAL_KEYS_EXHAUSTED']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(rateHeadersOf(answer.headers)).toMatchObject({ limit: 10_000 });
    expect((await keyWithin(client, FILL_MS, path)).status).toBe(200);
  });
});
