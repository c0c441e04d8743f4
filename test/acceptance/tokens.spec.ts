import { Client } from '../support/client.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const NOTE = 'John Smith called from 555-123-4567 about john@example.com. JOHN SMITH calls again.';
const IDENTITY = 'PERSON_NAME-'.length + 10;

interface Shown {
  readonly token: string;
  readonly type: string;
  readonly erased_at: string | null;
}

describe('tokens', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let projectId: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start();
    client = new Client(redoubt.url, redoubt.adminKey);
    projectId = (await client.get('/api/v1/api-keys')).body.data[0].default_project_id;
  });
  afterAll(() => redoubt.dispose());

  const tokenize = async (data: unknown, options: object = {}, path = '/api/v1/process') => {
    const { status, body } = await client.post(path, { data, method: 'tokenization', ...options });
    expect(status).toBe(200);
    return body;
  };
  const detokenize = async (data: unknown, options: object = {}) => {
    const { status, body } = await client.post('/api/v1/detokenize', { data, ...options });
    expect(status).toBe(200);
    return body;
  };
  const keyWith = async (settings: object): Promise<string> =>
    (await client.post('/api/v1/api-keys', { name: 'Test', scopes: ['*'], ...settings })).body.key;

  it('stand for values, the same for the same one, and come back exactly as it was spelled', async () => {
    const { processed_data, entities_detected, method_used, compliance } = await tokenize(NOTE);
    expect(method_used).toBe('tokenization');
    expect(compliance).toEqual({ gdpr: true, ccpa: true, hipaa: true, pci_dss: true });
    const [john, , , again] = entities_detected.map(
      ({ replacement }: { replacement: string }) => replacement,
    );
    expect(john).toMatch(/^PERSON_NAME-[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(entities_detected[0]).toMatchObject({
      text: 'John Smith',
      start: 0,
      end: 10,
      method: 'tokenization',
    });
    expect(again.slice(0, IDENTITY)).toBe(john.slice(0, IDENTITY));
    expect(again).not.toBe(john);
    expect(processed_data).not.toMatch(/smith|555|example/i);
    expect((await tokenize(NOTE)).processed_data).toBe(processed_data);
    expect(await detokenize(processed_data)).toMatchObject({
      data: NOTE,
      restored: 4,
      unresolved: [],
      unresolved_count: 0,
    });
    expect((await detokenize(processed_data.toLowerCase())).data).toContain(
      'John Smith called from 555-123-4567',
    );
  });

  it('are the same on SafeKeyLab’s surface and in batches', async () => {
    const [{ processed_data: core }, { processed_data: safekeylab }] = [
      await tokenize(NOTE),
      await tokenize(NOTE, {}, '/v1/process'),
    ];
    expect(safekeylab).toBe(core);
    const documents = [
      { id: 'a', data: NOTE },
      { id: 'b', data: { note: NOTE } },
      { id: 'c', data: '{', format: 'json' },
    ];
    const { body } = await client.post('/api/v1/batch', { documents, method: 'tokenization' });
    expect(body.results).toMatchObject([
      { processed_data: core },
      { processed_data: { note: core } },
      { error: { code: 'INVALID_DATA' } },
    ]);
  });

  it('come back in JSON at any depth, in keys, in JSON text and in CSV', async () => {
    const record = {
      'john@example.com': { list: ['John Smith', { deep: [[['SSN 123-45-6789']]] }] },
      plain: [1, null, true],
    };
    const { processed_data } = await tokenize(record);
    expect(JSON.stringify(processed_data)).not.toMatch(/smith|example|123-45/i);
    expect((await detokenize(processed_data)).data).toEqual(record);
    const pem = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEA',
      '-----END PRIVATE KEY-----',
    ];
    const texts = [
      [JSON.stringify({ key: pem.join('\n'), mail: 'john@example.com' }), 'json'],
      ['name,email\n"Smith, John",john@example.com\nAda Lovelace,ada@example.com\n', 'csv'],
    ];
    for (const [text, format] of texts) {
      const answer = await tokenize(text, { format });
      expect(answer.processed_data).not.toContain('john@example.com');
      expect((await detokenize(answer.processed_data, { format })).data).toBe(text);
    }
  });

  it('stay as they are when the text is processed again, while the rest is protected', async () => {
    const { processed_data } = await tokenize(NOTE);
    for (const method of ['tokenization', 'redaction', 'masking', 'auto']) {
      const { body } = await client.post('/api/v1/process', { data: processed_data, method });
      expect([method, body.processed_data]).toEqual([method, processed_data]);
    }
    const password = `password: ${processed_data.split(' ')[0]}, https://example.com/${processed_data.split(' ')[0]}`;
    const { processed_data: protectedAgain } = await tokenize(password);
    expect(protectedAgain.split(processed_data.split(' ')[0])).toHaveLength(3);
    expect((await detokenize(protectedAgain)).data).toBe(
      'password: John Smith, https://example.com/John Smith',
    );
    const forged = 'password: PASSWORD-7K3M9P2Q4R6S8TVW';
    expect((await tokenize(forged)).processed_data).not.toContain('7K3M9P2Q4R6S8TVW');
  });

  it('that touch letters are told apart and still come back', async () => {
    const options = {
      custom_patterns: [{ name: 'Ticket', pattern: '[A-Z]{2}-[0-9]{3}' }],
      entities: ['Ticket'],
    };
    const data = 'xAB-1234 AB-123CD-456 _AB-999_';
    const { processed_data } = await tokenize(data, options);
    expect(processed_data).toMatch(
      /^x\u2060TICKET-\w{16}\u20604 TICKET-\w{16}\u2060TICKET-\w{16} _TICKET-\w{16}_$/,
    );
    expect((await detokenize(processed_data)).data).toBe(data);
  });

  it('are reported, not guessed, when they are near, foreign or made up', async () => {
    const { processed_data: token } = await tokenize('john@example.com');
    const code = token.slice(token.indexOf('-') + 1);
    const last = code.endsWith('0') ? '1' : '0';
    const near = [
      [`EMAIL-${code.slice(0, -1)}${last}`, 'unknown'],
      [`PHONE-${code}`, 'unknown'],
      [`${token}0`, 'malformed'],
      [token.slice(0, -1), 'malformed'],
      [`EMAIL_${code}`, 'malformed'],
    ] as const;
    const data = near.map(([text]) => text).join(' ');
    const answer = await detokenize(data);
    expect(answer).toMatchObject({ data, restored: 0, unresolved_count: near.length });
    expect(answer.unresolved).toEqual(near.map(([text, reason]) => ({ token: text, reason })));
    const many = Array.from({ length: 130 }, (_, index) => `EMAIL-A${String(index).padStart(15, '0')}`);
    const { unresolved, unresolved_count } = await detokenize(many);
    expect([unresolved.length, unresolved_count]).toEqual([100, 130]);
  });

  it('are erased for good, with every spelling, and for this person only', async () => {
    const text = 'From grace@example.com and ada@example.com to GRACE@example.com';
    const { processed_data } = await tokenize(text);
    const [grace, ada, shouted] = processed_data.match(/EMAIL-\w{16}/g);
    const path = `/api/v1/tokens/${shouted.toLowerCase()}`;
    const call = { headers: { 'idempotency-key': 'erase-grace' } };
    expect((await client.delete(path, call)).status).toBe(204);
    expect((await client.delete(path, call)).status).toBe(204);
    expect(await detokenize(processed_data)).toMatchObject({
      data: `From ${grace} and ada@example.com to ${shouted}`,
      restored: 1,
      unresolved: [
        { token: grace, reason: 'erased' },
        { token: shouted, reason: 'erased' },
      ],
    });
    const anew = (await tokenize(text)).processed_data.match(/EMAIL-\w{16}/g);
    expect(anew[1]).toBe(ada);
    expect(anew[0].slice(0, 'EMAIL-'.length + 10)).not.toBe(grace.slice(0, 'EMAIL-'.length + 10));
    expect((await detokenize(processed_data)).unresolved_count).toBe(2);
    const { body: log } = await client.get('/api/v1/audit-logs?action=token.erased');
    expect(log.data).toHaveLength(1);
    expect(log.data[0]).toMatchObject({ counts: { tokens: 2 }, target_type: 'token', project_id: projectId });
    expect(JSON.stringify(log)).not.toContain(shouted);
  });

  it('answer byte for byte alike when they are unknown, erased, or no token at all', async () => {
    const { processed_data: token } = await tokenize('erased@example.com');
    await client.delete(`/api/v1/tokens/${token}`);
    const paths = [token, 'EMAIL-7K3M9P2Q4R6S8TVW', 'x', 'EMAIL-', '%00', "'--", 'é-0123456789ABCDEF'];
    const answers = await Promise.all(
      paths.map(async (path) => {
        const { status, body } = await client.delete(`/api/v1/tokens/${encodeURIComponent(path)}`);
        expect([path, status]).toEqual([path, 404]);
        return JSON.stringify(body.error);
      }),
    );
    expect(new Set(answers).size).toBe(1);
  });

  it('are listed without their values, by type, newest first, page by page', async () => {
    await tokenize('listed1@example.com');
    await tokenize('listed2@example.com, card 4111 1111 1111 1111');
    const cards = await client.get('/api/v1/tokens?type=CREDIT_CARD');
    expect(cards.body).toMatchObject({ total: 1, data: [{ type: 'CREDIT_CARD', erased_at: null }] });
    const [engine, shown] = await Promise.all(
      ['EMAIL_ADDRESS', 'EMAIL'].map((type) => client.get(`/api/v1/tokens?type=${type}&page_size=100`)),
    );
    expect(engine?.body).toEqual(shown?.body);
    const all: Shown[] = [];
    for (let query = 'page_size=3'; ; ) {
      const { body } = await client.get(`/api/v1/tokens?${query}`);
      all.push(...body.data);
      if (body.next_cursor === null) break;
      query = `page_size=3&cursor=${encodeURIComponent(body.next_cursor)}`;
    }
    const { body } = await client.get('/api/v1/tokens?page_size=100');
    expect(all).toEqual(body.data);
    expect(all.filter(({ erased_at }) => erased_at !== null).length).toBeGreaterThan(0);
    const { data } = await detokenize(
      all.filter(({ erased_at }) => erased_at === null).map(({ token }) => token),
    );
    expect(data.join(' ')).toContain('listed1@example.com');
    for (const query of ['colour=red', 'sort=token', 'order=up'])
      expect([query, (await client.get(`/api/v1/tokens?${query}`)).status]).toEqual([query, 400]);
  });

  it('belong to the project that the request or the key names; without one the answer says what to do', async () => {
    const key = await keyWith({ default_project_id: null });
    const calls = [
      () => client.post('/api/v1/process', { data: NOTE, method: 'tokenization' }, { key }),
      () =>
        client.post('/v1/batch', { documents: [{ id: 'a', data: NOTE }], method: 'tokenization' }, { key }),
      () => client.post('/api/v1/detokenize', { data: NOTE }, { key }),
      () => client.get('/api/v1/tokens', { key }),
      () => client.delete('/api/v1/tokens/EMAIL-7K3M9P2Q4R6S8TVW', { key }),
    ];
    for (const call of calls) {
      const { status, body } = await call();
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/send 'project_id'|Missing required parameter: project_id/);
    }
    const named = { data: NOTE, method: 'tokenization', project_id: projectId };
    const { body } = await client.post('/api/v1/process', named, { key });
    expect(body.processed_data).toBe((await tokenize(NOTE)).processed_data);
    expect((await client.get(`/api/v1/tokens?project_id=${projectId}`, { key })).status).toBe(200);
    expect((await client.post('/api/v1/process', { data: NOTE }, { key })).status).toBe(200);
  });

  it('answer byte for byte alike for a project that never was and what is no project', async () => {
    const errors = new Set<string>();
    for (const project_id of [
      'proj_01k9zq3v8x6m2n4p5r7s9t0w1y',
      'org_01k9zq3v8x6m2n4p5r7s9t0w1y',
      "'--",
      '',
    ]) {
      for (const { status, body } of [
        await client.post('/api/v1/process', { data: NOTE, project_id }),
        await client.post('/api/v1/process', { data: NOTE, method: 'tokenization', project_id }),
        await client.post('/api/v1/batch', { documents: [{ id: 'a', data: NOTE }], project_id }),
        await client.post('/api/v1/detokenize', { data: NOTE, project_id }),
        await client.get(`/api/v1/tokens?project_id=${encodeURIComponent(project_id)}`),
        await client.delete(
          `/api/v1/tokens/EMAIL-7K3M9P2Q4R6S8TVW?project_id=${encodeURIComponent(project_id)}`,
        ),
      ]) {
        expect([project_id, status]).toEqual([project_id, 404]);
        errors.add(JSON.stringify(body.error));
      }
    }
    expect(errors.size).toBe(1);
  });

  it('are turned back and erased only by those who may', async () => {
    const key = await keyWith({ scopes: ['process'] });
    const { body } = await client.post('/api/v1/process', { data: NOTE, method: 'tokenization' }, { key });
    expect(body.method_used).toBe('tokenization');
    const refused = [
      await client.post('/api/v1/detokenize', { data: body.processed_data }, { key }),
      await client.get('/api/v1/tokens', { key }),
      await client.delete('/api/v1/tokens/EMAIL-7K3M9P2Q4R6S8TVW', { key }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it('are counted in the audit log, whose rows hold neither values nor tokens', async () => {
    const { processed_data } = await tokenize('audit@example.com');
    const answer = await detokenize(`${processed_data} EMAIL-7K3M9P2Q4R6S8TVW`);
    const { body, text } = await client.get(`/api/v1/audit-logs?request_id=${answer.request_id}`);
    expect(body.data).toMatchObject([
      { action: 'text.detokenized', counts: { restored: 1, unresolved: 1 }, project_id: projectId },
    ]);
    const processed = await client.get('/api/v1/audit-logs?action=text.processed');
    expect(processed.body.data[0]).toMatchObject({
      counts: { entities: 1, EMAIL: 1 },
      method_used: 'tokenization',
      project_id: projectId,
    });
    expect(text + processed.text).not.toMatch(/audit@example|EMAIL-[0-9A-Z]{16}/);
    expect(redoubt.log).not.toMatch(/audit@example|EMAIL-[0-9A-Z]{16}/);
  });

  it.each([
    [{}, 'data', 'required'],
    [{ data: 7 }, 'data', 'type'],
    [{ data: 'x', format: 'xml' }, 'format', 'enum'],
    [{ data: '{', format: 'json' }, 'data', 'invalid_json'],
    [{ data: {}, format: 'csv' }, 'data', 'invalid_csv'],
    [{ data: 'x', method: 'tokenization' }, 'method', 'unknown'],
  ])('are not turned back in %j', async (json, field, constraint) => {
    const { status, body } = await client.post('/api/v1/detokenize', json);
    expect(status).toBe(400);
    expect(body.error.details).toMatchObject({ field, constraint });
  });

  it('are turned back in 10 MiB, and refused above', async () => {
    const { processed_data } = await tokenize('large@example.com');
    const unit = `${processed_data} lorem ipsum dolor sit amet `;
    const data = unit.repeat(Math.floor((10 * 1024 * 1024 - 100) / unit.length));
    const { body, status } = await client.post('/api/v1/detokenize', { data });
    expect(status).toBe(200);
    expect(body.data).toBe(data.replaceAll(processed_data, 'large@example.com'));
    expect((await client.post('/api/v1/detokenize', { data: `${data}${unit.repeat(10)}` })).status).toBe(413);
  });
});
