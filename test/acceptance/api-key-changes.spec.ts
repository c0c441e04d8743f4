import { setTimeout as sleep } from 'node:timers/promises';
import { type Call, Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

let redoubt: RedoubtProcess;
let admin: Client;

beforeAll(async () => {
  // The tests come from wherever X-Forwarded-For says.
  redoubt = await RedoubtProcess.start({ REDOUBT_TRUST_PROXY: '127.0.0.1' });
  admin = new Client(redoubt.url, redoubt.adminKey);
});
afterAll(() => redoubt.dispose());

const KEYS = '/api/v1/api-keys';

const make = async (body: object = {}, call: Call = {}) => {
  const json = { name: 'Test', scopes: ['detect'], plan: 'unlimited', ...body };
  const answer = await admin.post(KEYS, json, call);
  expect(answer.status).toBe(201);
  return answer.body;
};
const change = (id: string, body: object, call: Call = {}) => admin.patch(`${KEYS}/${id}`, body, call);
const rotate = (id: string, body?: object, call: Call = {}) =>
  admin.send('POST', `${KEYS}/${id}/rotate`, { ...(body && { json: body }), ...call });
const use = (key: string, from?: string) =>
  admin.post('/api/v1/detect', { data: 'x' }, { key, ...(from && { headers: { 'x-forwarded-for': from } }) });
const statusOf = async (key: string, from?: string): Promise<number> => (await use(key, from)).status;
const actionsOn = async (id: string): Promise<string[]> => {
  const { body } = await admin.get(`/api/v1/audit-logs?target_id=${id}&order=asc`);
  return body.data.map(({ action }: { action: string }) => action);
};

describe('changing an API key', () => {
  it('changes what is given, leaves the rest, and is audited once', async () => {
    const { key: _, ...made } = await make({ allowed_networks: ['10.0.0.0/8'], limits: { per_minute: 5 } });
    const expiry = new Date(Date.now() + 60_000).toISOString();
    const fields: [object, object?][] = [
      [{ name: 'Renamed' }],
      [{ scopes: ['process', 'detect', 'process'] }, { scopes: ['process', 'detect'] }],
      [{ expires_at: expiry }],
      [{ expires_at: null }],
      [{ allowed_networks: ['192.0.2.1', '2001:db8::/32'] }],
      [{ allowed_networks: [] }],
      [{ default_project_id: null }],
      [{ default_project_id: made.default_project_id }],
      [{ plan: 'secureai_free' }],
      [{ limits: { concurrent: 3, per_day: null } }],
      [{ limits: null }],
    ];
    let expected = made;
    for (const [given, shown = given] of fields) {
      const { status, body } = await change(made.id, given);
      expected = { ...expected, ...shown };
      expect([status, body]).toEqual([200, expected]);
    }
    expect((await change(made.id, {})).body).toEqual(expected);
    expect((await admin.get(`${KEYS}/${made.id}`)).body).toEqual(expected);
    const updates = (await actionsOn(made.id)).filter((action) => action === 'api_key.updated');
    expect(updates).toHaveLength(fields.length);
  });

  it('holds from the very next request on', async () => {
    const { id, key } = await make();
    for (let trial = 0; trial < 15; trial += 1) {
      await change(id, { scopes: ['process'] });
      expect(await statusOf(key)).toBe(403);
      await change(id, { scopes: ['detect'] });
      expect(await statusOf(key)).toBe(200);
      await change(id, { allowed_networks: ['192.0.2.0/24'] });
      expect(await statusOf(key)).toBe(403);
      await change(id, { allowed_networks: [] });
      expect(await statusOf(key)).toBe(200);
    }
  });

  it('gives nobody more than they hold', async () => {
    const weak = await make({ scopes: ['auth:write', 'detect'] });
    const strong = await make({ scopes: ['*'] });
    const middling = await make({ scopes: ['detect', 'process'] });
    const as = { key: weak.key };
    const refused: [string, object][] = [
      [weak.id, { scopes: ['auth:write', 'detect', 'process'] }],
      [weak.id, { scopes: ['*'] }],
      [strong.id, { expires_at: null }],
      [strong.id, { allowed_networks: [] }],
      [strong.id, { default_project_id: null }],
      [middling.id, { scopes: ['process'] }],
    ];
    for (const [id, body] of refused) {
      const answer = await change(id, body, as);
      expect([body, answer.status, answer.body.error?.code]).toEqual([body, 403, 'SCOPE_NOT_HELD']);
    }
    const stolen = await rotate(strong.id, {}, as);
    expect([stolen.status, stolen.body.error.code]).toEqual([403, 'SCOPE_NOT_HELD']);
    expect((await change(middling.id, { scopes: ['detect'] }, as)).status).toBe(200);
    expect((await change(strong.id, { name: 'Only the name' }, as)).status).toBe(200);
    expect((await rotate(weak.id, {}, as)).status).toBe(200);
  });

  it.each([
    [{ name: null }, 'name', 'type'],
    [{ scopes: [] }, 'scopes', 'minItems'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at', 'future'],
    [{ expires_at: 'soon' }, 'expires_at', 'format'],
    [{ allowed_networks: ['::/129'] }, 'allowed_networks[0]', 'format'],
    [{ allowed_networks: null }, 'allowed_networks', 'type'],
    [{ plan: null }, 'plan', 'type'],
    [{ limits: { burst: 1.5 } }, 'limits.burst', 'type'],
    [{ key: 'sk_live_mine' }, 'key', 'unknown'],
  ])('refuses %j', async (body, field, constraint) => {
    const { id } = await make();
    const answer = await change(id, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject({ field, constraint });
  });

  it('is over once the key is revoked', async () => {
    const { id } = await make();
    await admin.delete(`${KEYS}/${id}`);
    for (const answer of [await change(id, { name: 'Zombie' }), await rotate(id)]) {
      expect([answer.status, answer.body.error.code]).toEqual([422, 'KEY_NOT_ACTIVE']);
    }
    expect(await actionsOn(id)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  it('answers alike for ids that never were', async () => {
    const id = 'key_01k9zq3v8x6m2n4p5r7s9t0w1y';
    const answers = [
      await admin.get(`${KEYS}/${id}`),
      await change(id, { name: 'x' }),
      await change('x', { name: 'x' }),
      await rotate(id),
      await admin.delete(`${KEYS}/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.error))).size).toBe(1);
  });
});

describe('the networks of an API key', () => {
  it('are the only places it works from', async () => {
    const { key } = await make({ allowed_networks: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'] });
    for (const from of ['10.1.2.3', '192.0.2.7', '2001:db8::1', '::ffff:10.9.9.9']) {
      expect([from, await statusOf(key, from)]).toEqual([from, 200]);
    }
    for (const from of [undefined, '11.0.0.1', '192.0.2.8', '2001:db9::1', '::ffff:11.0.0.1', '::1']) {
      const { status, body } = await use(key, from);
      expect([from, status, body.error.code]).toEqual([from, 403, 'NETWORK_NOT_ALLOWED']);
    }
  });

  it('may be written as IPv4-mapped IPv6', async () => {
    const { key } = await make({ allowed_networks: ['::ffff:127.0.0.1'] });
    expect(await statusOf(key)).toBe(200);
    expect(await statusOf(key, '127.0.0.2')).toBe(403);
  });
});

describe('an API key that is limited to networks', () => {
  it('hands its limits on to the keys it makes, and frees none of them', async () => {
    const mine = { allowed_networks: ['127.0.0.0/8'] };
    const { id, key } = await make({ ...mine, scopes: ['auth:write', 'auth:read', 'detect'] });
    const free = await make({ scopes: ['detect'] });
    const json = { name: 'from within', scopes: ['detect'] };
    expect((await admin.post(KEYS, json, { key })).body).toMatchObject(mine);
    const narrower = { ...json, allowed_networks: ['127.0.0.2'] };
    expect((await admin.post(KEYS, narrower, { key })).status).toBe(201);
    const refused = await Promise.all([
      admin.post(KEYS, { ...json, allowed_networks: [] }, { key }),
      admin.post(KEYS, { ...json, allowed_networks: ['0.0.0.0/0'] }, { key }),
      admin.patch(`${KEYS}/${id}`, { allowed_networks: [] }, { key }),
      admin.post(`${KEYS}/${free.id}/rotate`, undefined, { key }),
    ]);
    for (const { status, body } of refused)
      expect([status, body.error.code]).toEqual([403, 'NETWORK_NOT_HELD']);
  });
});

describe('rotating an API key', () => {
  it('answers a new secret; the old one ends when the overlap does', async () => {
    const { key, ...made } = await make();
    const { status, body } = await rotate(made.id, { overlap_seconds: 2 });
    const asked = Date.now();
    expect(status).toBe(200);
    expect(body.key).toMatch(/^sk_live_[0-9A-Za-z]{38}$/);
    expect(body.key).not.toBe(key);
    expect(body).toMatchObject({ id: made.id, scopes: made.scopes, status: 'active' });
    expect(body.hint.slice(-4)).toBe(body.key.slice(-4));
    expect(Math.abs(Date.parse(body.previous_expires_at) - asked - 2000)).toBeLessThan(1000);
    expect([await statusOf(key), await statusOf(body.key)]).toEqual([200, 200]);
    await sleep(Date.parse(body.previous_expires_at) - Date.now() + 20);
    const late = await use(key);
    expect([late.status, late.body.error.message]).toEqual([401, expect.stringMatching(/rotated/)]);
    expect(await statusOf(body.key)).toBe(200);
    expect((await admin.get(`${KEYS}/${made.id}`)).body.previous_expires_at).toBeNull();
    expect(await actionsOn(made.id)).toEqual(['api_key.created', 'api_key.rotated']);
  });

  it('ends the old secret at once when no overlap is asked for, with or without a body', async () => {
    const { id, key } = await make();
    const first = await rotate(id);
    expect([await statusOf(key), await statusOf(first.body.key)]).toEqual([401, 200]);
    expect(first.body.previous_expires_at).toBeNull();
    const second = await rotate(id, { overlap_seconds: 0 });
    expect([await statusOf(first.body.key), await statusOf(second.body.key)]).toEqual([401, 200]);
  });

  it('ends the secret before the last at once', async () => {
    const { id, key } = await make();
    const first = await rotate(id, { overlap_seconds: 600 });
    const second = await rotate(id, { overlap_seconds: 600 });
    const statuses = [await statusOf(key), await statusOf(first.body.key), await statusOf(second.body.key)];
    expect(statuses).toEqual([401, 200, 200]);
    await admin.delete(`${KEYS}/${id}`);
    expect([await statusOf(first.body.key), await statusOf(second.body.key)]).toEqual([401, 401]);
    expect((await admin.get(`${KEYS}/${id}`)).body).toMatchObject({
      status: 'revoked',
      previous_expires_at: null,
    });
  });

  it('leaves exactly one secret however many rotate at once', async () => {
    const { id } = await make();
    const answers = await Promise.all(Array.from({ length: 12 }, () => rotate(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    const statuses = await Promise.all(answers.map(({ body }) => statusOf(body.key)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(11);
  });

  it.each([-1, 604_801, 1.5, '60', null])('refuses an overlap of %j', async (overlap_seconds) => {
    const { id } = await make();
    const answer = await rotate(id, { overlap_seconds });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details.field).toBe('overlap_seconds');
  });

  it('is refused for an expired key', async () => {
    const { id } = await make({ expires_at: new Date(Date.now() + 200).toISOString() });
    await sleep(250);
    expect((await rotate(id)).body.error.code).toBe('KEY_NOT_ACTIVE');
    await change(id, { expires_at: null });
    expect((await rotate(id)).status).toBe(200);
  });
});

describe('the last use of an API key', () => {
  it('shows within seconds, and costs one write a minute', async () => {
    const { id, key } = await make();
    const lastUse = async (): Promise<string | null> => (await admin.get(`${KEYS}/${id}`)).body.last_used_at;
    expect(await lastUse()).toBeNull();
    const before = Date.now();
    await Promise.all(Array.from({ length: 20 }, () => use(key)));
    let shown = await lastUse();
    for (const until = Date.now() + 10_000; shown === null && Date.now() < until; shown = await lastUse()) {
      await sleep(100);
    }
    expect(Date.parse(shown ?? '')).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(shown ?? '')).toBeLessThanOrEqual(Date.now());
    await use(key);
    await sleep(1000);
    expect(await lastUse()).toBe(shown);
    const newest = await admin.get(`${KEYS}?sort=last_used_at&page_size=2`);
    expect(newest.body.data.map((row: { id: string }) => row.id)).toContain(id);
  });
});

describe('an Idempotency-Key', () => {
  const repeatable = (name: string): Call => ({ headers: { 'idempotency-key': name } });
  const countOf = async (name: string): Promise<number> => {
    const { body } = await admin.get(`${KEYS}?sort=created_at&page_size=100`);
    return body.data.filter((row: { name: string }) => row.name === name).length;
  };

  it('makes one key of two requests, and withholds the secret the second time', async () => {
    const json = { name: 'Once', scopes: ['detect'] };
    const first = await admin.post(KEYS, json, repeatable('create-once'));
    const again = await admin.post(KEYS, json, repeatable('create-once'));
    expect([first.status, again.status]).toEqual([201, 201]);
    const { key, ...shown } = first.body;
    expect(key).toMatch(/^sk_live_/);
    expect(again.body).toEqual({ ...shown, key_withheld: true });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await countOf('Once')).toBe(1);
    expect(await actionsOn(first.body.id)).toEqual(['api_key.created']);
  });

  it('makes one key of a hundred requests at once', async () => {
    const json = { name: 'Hundred', scopes: ['detect'] };
    const create = () => admin.post(KEYS, json, repeatable('create-hundred'));
    let open = Array.from({ length: 100 }, () => create);
    const ids: string[] = [];
    const secrets: string[] = [];
    for (const until = Date.now() + 30_000; open.length > 0 && Date.now() < until; ) {
      const answers = await Promise.all(open.map((send) => send()));
      const done = answers.filter(({ status }) => status === 201);
      ids.push(...done.map(({ body }) => body.id));
      secrets.push(...done.flatMap(({ body }) => (body.key ? [body.key] : [])));
      const waiting = answers.filter(({ status }) => status === 409);
      expect(done.length + waiting.length).toBe(answers.length);
      for (const { body, headers } of waiting) {
        expect(body.error.code).toBe('IDEMPOTENCY_KEY_IN_FLIGHT');
        expect(headers.get('retry-after')).toBe('1');
      }
      open = waiting.map(() => create);
    }
    expect([ids.length, new Set(ids).size, secrets.length]).toEqual([100, 1, 1]);
    expect(await countOf('Hundred')).toBe(1);
  });

  it('serves one request only', async () => {
    await admin.post(KEYS, { name: 'A', scopes: ['detect'] }, repeatable('reused'));
    const other = await admin.post(KEYS, { name: 'B', scopes: ['detect'] }, repeatable('reused'));
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await countOf('B')).toBe(0);
  });

  it('rotates, changes and revokes once', async () => {
    const { id, key } = await make();
    const first = await rotate(id, { overlap_seconds: 600 }, repeatable('rotate'));
    const again = await rotate(id, { overlap_seconds: 600 }, repeatable('rotate'));
    expect(again.body).toEqual({ ...first.body, key: undefined, key_withheld: true });
    expect([await statusOf(key), await statusOf(first.body.key)]).toEqual([200, 200]);
    const renamed = await change(id, { name: 'New' }, repeatable('change'));
    await change(id, { name: 'Newer' });
    const replayed = await change(id, { name: 'New' }, repeatable('change'));
    expect(replayed.body).toEqual(renamed.body);
    expect((await admin.get(`${KEYS}/${id}`)).body.name).toBe('Newer');
    for (const _ of ['first', 'again']) {
      expect((await admin.delete(`${KEYS}/${id}`, repeatable('revoke'))).status).toBe(204);
    }
    expect(await actionsOn(id)).toEqual([
      'api_key.created',
      'api_key.rotated',
      'api_key.updated',
      'api_key.updated',
      'api_key.revoked',
    ]);
  });

  it('keeps no refusal: the repetition tries again', async () => {
    const { id } = await make({ expires_at: new Date(Date.now() + 200).toISOString() });
    await sleep(250);
    expect((await rotate(id, {}, repeatable('refused'))).status).toBe(422);
    await change(id, { expires_at: null });
    expect((await rotate(id, {}, repeatable('refused'))).status).toBe(200);
  });
});
