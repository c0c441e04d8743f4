import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import { Client } from '../support/client.js';
import { cutEvery } from '../support/mock-answers.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const QUESTION = 'Write to John Smith, john@example.com, that 555-123-4567 is his number.';
const TOKEN = /[A-Z_]+-[0-9A-HJKMNP-TV-Z]{16}/g;

const tokensIn = (request: MockRequest): string[] => [...new Set(request.body.toString().match(TOKEN) ?? [])];

/** What the user said last, as the model server saw it. */
const seen = ({ json }: MockRequest): string => json.messages.at(-1).content;

/** Says back what it was told, a character at a time. */
const parrot = (request: MockRequest) => ({ content: [...seen(request)] });

describe('completions', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let openai: OpenAI;
  let projectId: string;

  beforeAll(async () => {
    [redoubt, mock] = await Promise.all([RedoubtProcess.start(), MockUpstream.start()]);
    client = new Client(redoubt.url, redoubt.adminKey);
    openai = new OpenAI({ apiKey: redoubt.adminKey, baseURL: `${redoubt.url}/v1`, maxRetries: 0 });
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    projectId = (await client.get('/api/v1/api-keys')).body.data[0].default_project_id;
  });
  afterAll(async () => {
    await redoubt?.dispose();
    await mock?.stop();
  });
  beforeEach(() => mock.reset());

  const ask = (content: string, more: object = {}, headers: Record<string, string> = {}) =>
    client.post(
      '/v1/chat/completions',
      { model: 'mock-model', messages: [{ role: 'user', content }], ...more },
      { headers },
    );
  const setPolicy = async (policy: object): Promise<void> => {
    expect((await client.send('PUT', `/api/v1/projects/${projectId}/policy`, { json: policy })).status).toBe(
      200,
    );
  };
  const receiptOf = async (headers: Headers) =>
    (await client.get(`/api/v1/chat/receipts/${headers.get('x-redoubt-receipt')}`)).body;

  describe('by the official library', () => {
    const messages = [{ role: 'user' as const, content: QUESTION }];

    it('are created, and the model server learns nothing of anybody', async () => {
      mock.next(parrot);
      const answer = await openai.chat.completions.create({ model: 'mock-model', messages });
      expect(answer.choices[0]?.message.content).toBe(QUESTION);
      expect(answer.usage).toMatchObject({ total_tokens: 12 });
      expect(mock.last.body.toString()).not.toMatch(/Smith|example\.com|555/);
      expect(tokensIn(mock.last)).toHaveLength(3);
    });

    it('are streamed, whatever a token is split into', async () => {
      mock.next((request) => ({ ...parrot(request), split: (bytes) => cutEvery(bytes, 7) }));
      const stream = await openai.chat.completions.create({
        model: 'mock-model',
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      let text = '';
      let usage: unknown;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        usage = chunk.usage ?? usage;
      }
      expect(text).toBe(QUESTION);
      expect(usage).toMatchObject({ total_tokens: 12 });
    });

    it('are streamed without the usage that nobody asked for', async () => {
      mock.next({ content: ['a'] });
      const stream = await openai.chat.completions.create({ model: 'mock-model', messages, stream: true });
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.every(({ choices }) => choices.length === 1)).toBe(true);
      expect(mock.last.json.stream_options).toEqual({ include_usage: true });
    });

    it('call tools with the values, and hide what tools answer', async () => {
      const tools = [
        {
          type: 'function' as const,
          function: {
            name: 'send_mail',
            parameters: { type: 'object', properties: { to: { type: 'string' } } },
          },
        },
      ];
      mock.next((request) => ({
        toolCalls: [
          { name: 'send_mail', arguments: [...JSON.stringify({ to: tokensIn(request)[1], note: 'x' })] },
        ],
      }));
      const runner = openai.chat.completions.stream({ model: 'mock-model', messages, tools });
      const answer = await runner.finalChatCompletion();
      const [call] = answer.choices[0]?.message.tool_calls ?? [];
      expect(call).toMatchObject({ function: { name: 'send_mail' } });
      const args = JSON.parse(call?.type === 'function' ? call.function.arguments : '');
      expect(['john@example.com', 'John Smith', '555-123-4567']).toContain(args.to);
      mock.next(parrot);
      await openai.chat.completions.create({
        model: 'mock-model',
        tools,
        messages: [
          ...messages,
          { role: 'assistant', content: null, tool_calls: answer.choices[0]?.message.tool_calls ?? [] },
          {
            role: 'tool',
            tool_call_id: call?.id ?? '',
            content: 'Sent to Maria Garcia, maria.garcia@example.org.',
          },
        ],
      });
      expect(mock.last.body.toString()).not.toMatch(/Smith|Garcia|example\.(?:com|org)/);
      expect(mock.last.json.messages[1].tool_calls[0].id).toBe(mock.last.json.messages[2].tool_call_id);
    });

    it('end at the model server as soon as the client ends them', async () => {
      mock.next({ content: ['one', 'two', 'three'], hangAfter: 2 });
      const stream = await openai.chat.completions.create({ model: 'mock-model', messages, stream: true });
      for await (const _ of stream) break;
      stream.controller.abort();
      await mock.until(({ open }) => open === 0);
      expect(mock.last.isAborted).toBe(true);
    });

    it('fail as the library expects it', async () => {
      await expect(openai.chat.completions.create({ model: 'none', messages })).rejects.toMatchObject({
        status: 404,
        code: 'MODEL_NOT_FOUND',
        param: 'model',
      });
      const stranger = new OpenAI({ apiKey: 'sk_live_none', baseURL: `${redoubt.url}/v1`, maxRetries: 0 });
      await expect(stranger.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    });

    it('have models', async () => {
      const ids = [];
      for await (const model of openai.models.list()) ids.push(model.id);
      expect(ids).toEqual(expect.arrayContaining(['gpt-4', 'local-extractive', 'mock-model']));
      expect(await openai.models.retrieve('mock/mock-model')).toMatchObject({ object: 'model' });
      expect((await client.get('/api/v1/models/gpt-4')).body).toMatchObject({ alias_of: 'local-extractive' });
    });
  });

  it("answer SecureAI's samples on a fresh installation", async () => {
    const parts = {
      model: 'gpt-4',
      messages: [
        { role: 'system', content: 'You are a helpful automotive parts assistant.' },
        { role: 'user', content: 'What brake pads fit a 2019 Honda Civic?' },
      ],
    };
    for (const path of ['/api/v1/chat/completions', '/v1/chat/completions', '/api/v1/chat/completions/']) {
      const { status, body } = await client.post(path, parts);
      expect(status).toBe(200);
      expect(body).toMatchObject({ object: 'chat.completion', model: 'local-extractive' });
      expect(typeof body.choices[0].message.content).toBe('string');
    }
    const { text, headers } = await client.post('/api/v1/chat/completions', {
      model: 'gpt-4',
      messages: [{ role: 'user', content: 'Explain catalytic converter replacement.' }],
      stream: true,
    });
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = text.trimEnd().split('\n\n');
    expect(events.at(-1)).toBe('data: [DONE]');
    for (const event of events.slice(0, -1))
      expect(JSON.parse(event.slice(6))).toMatchObject({ object: 'chat.completion.chunk' });
  });

  it('have a receipt of the very bytes that left', async () => {
    mock.next(parrot);
    const { status, headers, body } = await ask(QUESTION, { top_k: 40, user: 'john@example.com' });
    expect(status).toBe(200);
    const receipt = await receiptOf(headers);
    expect(receipt).toMatchObject({
      object: 'chat.receipt',
      status: 'completed',
      model: 'mock-model',
      upstream: { name: 'mock', private: false },
      shielded: true,
      policy: null,
      findings: { PERSON_NAME: 1, EMAIL: 1, PHONE: 1 },
      restored: 3,
      unresolved: [],
      finish_reasons: ['stop'],
      unknown_fields: ['top_k'],
      attempts: 1,
      project_id: projectId,
    });
    expect(receipt.request).toEqual({
      sha256: createHash('sha256').update(mock.last.body).digest('hex'),
      bytes: mock.last.body.length,
    });
    expect(receipt.answer.sha256).toBe(createHash('sha256').update(JSON.stringify(body)).digest('hex'));
    expect(mock.last.json).toMatchObject({ top_k: 40, user: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const { data } = (await client.get('/api/v1/audit-logs?action=completion.created&page_size=1')).body;
    expect(data[0]).toMatchObject({ target_type: 'chat_receipt', target_id: receipt.id });
    expect(JSON.stringify([receipt, data])).not.toMatch(/Smith|example\.com|555-123/);
  });

  it('can be seen before they leave, and a dry run sends nothing', async () => {
    const body = {
      model: 'mock-model',
      messages: [{ role: 'user', content: QUESTION }],
      metadata: { chat_id: 'dry', team: 'blue' },
    };
    mock.always(parrot);
    await client.post('/v1/chat/completions', body);
    const { body: preview } = await client.post('/api/v1/chat/completions/dry-run', body);
    expect(mock.requests).toHaveLength(1);
    expect(preview).toMatchObject({
      outcome: 'send',
      model: 'mock-model',
      shielded: true,
      findings: { EMAIL: 1 },
    });
    // The tokens of a conversation are the same every time, so these are the bytes that left.
    expect(preview.request.body).toBe(mock.last.body.toString());
    expect(preview.request.sha256).toBe(createHash('sha256').update(mock.last.body).digest('hex'));
    expect(mock.last.json.metadata).toEqual({ team: 'blue' });
  });

  it('keep one token for one value through a conversation, and none outside of it', async () => {
    const chat = (id: string) => ask('Who is John Smith?', { metadata: { chat_id: id } });
    for (const id of ['a', 'a', 'b']) expect((await chat(id)).status).toBe(200);
    await ask('Who is John Smith?');
    const [first, second, other, none] = mock.requests.map((request) => tokensIn(request)[0]);
    expect(second).toBe(first);
    expect(new Set([first, other, none]).size).toBe(3);
  });

  it('leave text alone that only looks like a token', async () => {
    const literal = 'Is PERSON_NAME-0123456789ABCDEF a token? Ask John Smith.';
    mock.next(parrot);
    const { body } = await ask(literal);
    expect(body.choices[0].message.content).toBe(literal);
    mock.next({ content: ['No: PERSON_NAME-0123456789ABCDEF', ' and <PERSON_1>'] });
    const { body: other, headers } = await ask('Ask John Smith.');
    expect(other.choices[0].message.content).toBe('No: PERSON_NAME-0123456789ABCDEF and <PERSON_1>');
    expect((await receiptOf(headers)).unresolved).toEqual([
      { token: 'PERSON_NAME-0123456789ABCDEF', reason: 'unknown' },
    ]);
  });

  it('never carry a secret of the vault', async () => {
    const value = 'correct-horse-battery-7Qx9';
    const environment = await client.post('/api/v1/environments', { name: 'shield', project_id: projectId });
    const variable = { environment_id: environment.body.id, key: 'TOKEN', value };
    expect((await client.post('/api/v1/variables', variable)).status).toBe(201);
    await setPolicy({ default_action: 'allow', actions: { VAULT_SECRET: 'mask' } });
    const { status, headers } = await ask(`Use ${value} for John Smith.`);
    expect(status).toBe(200);
    expect(seen(mock.last)).toBe('Use [VAULT_SECRET] for John Smith.');
    expect((await receiptOf(headers)).findings).toMatchObject({ VAULT_SECRET: 1 });
    expect((await client.delete(`/api/v1/projects/${projectId}/policy`)).status).toBe(204);
  });

  describe('under a policy', () => {
    afterAll(() => client.delete(`/api/v1/projects/${projectId}/policy`));

    it('are blocked, masked, tokenized or let through by type, from the very next request on', async () => {
      await setPolicy({ actions: { EMAIL: 'block' } });
      const refused = await ask(QUESTION);
      expect(refused.status).toBe(422);
      expect(refused.body.error).toMatchObject({ code: 'BLOCKED_BY_POLICY', param: 'messages' });
      expect(refused.body.error.message).toContain('EMAIL');
      expect(mock.requests).toHaveLength(0);
      const { data } = (await client.get('/api/v1/chat/receipts?status=blocked')).body;
      expect(data[0]).toMatchObject({ status: 'blocked', request: null, findings: { EMAIL: 1 } });
      await setPolicy({ actions: { EMAIL: 'mask', PERSON_NAME: 'allow' } });
      mock.next(parrot);
      const { body } = await ask(QUESTION);
      expect(seen(mock.last)).toMatch(
        /^Write to John Smith, jo\*\*\*@example\.com, that PHONE-\w{16} is his number\.$/,
      );
      expect(body.choices[0].message.content).toBe(
        'Write to John Smith, jo***@example.com, that 555-123-4567 is his number.',
      );
    });

    it('stay local, or go to the local model', async () => {
      await setPolicy({ actions: { PHONE: 'local' } });
      expect((await ask(QUESTION)).body.error).toMatchObject({ code: 'KEPT_LOCAL' });
      await setPolicy({ actions: { PHONE: 'local' }, local_model: 'local-extractive' });
      const { body, headers } = await ask(QUESTION);
      expect(body.model).toBe('local-extractive');
      expect(await receiptOf(headers)).toMatchObject({
        model_requested: 'mock-model',
        model: 'local-extractive',
        upstream: null,
        request: null,
      });
      expect(mock.requests).toHaveLength(0);
    });

    it('carry no pictures unless it says so', async () => {
      const content = [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ];
      await setPolicy({});
      const picture = { messages: [{ role: 'user', content }] };
      expect((await ask('', picture)).body.error).toMatchObject({ code: 'ATTACHMENT_REFUSED' });
      await setPolicy({ attachments: 'allow' });
      expect((await ask('', picture)).status).toBe(200);
      expect(mock.last.json.messages[0].content[1]).toEqual(content[1]);
    });

    it('are under that of the project they name, which must be theirs', async () => {
      const { body: project } = await client.post('/api/v1/projects', { name: 'Strict' });
      const path = `/api/v1/projects/${project.id}/policy`;
      await client.send('PUT', path, { json: { actions: { PERSON_NAME: 'block' } } });
      expect((await ask('I am John Smith.', {}, { 'openai-project': project.id })).status).toBe(422);
      for (const name of ['proj_none', `proj_${'0'.repeat(26)}`]) {
        const { status, body } = await ask('Hello', {}, { 'openai-project': name });
        expect([status, body.error.param]).toEqual([404, 'OpenAI-Project']);
      }
    });
  });

  it('say what is wrong with a request', async () => {
    const { status, body } = await client.post('/api/v1/chat/completions', { messages: [] });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      type: 'validation_error',
      message: "The 'model' field is required.",
      param: 'model',
      details: { field: 'model', constraint: 'required' },
    });
    const tools = [{ type: 'function', function: { name: 'f' } }];
    expect((await ask('Hello', { model: 'gpt-4', tools })).body.error).toMatchObject({
      code: 'MODEL_CANNOT',
      param: 'tools',
    });
  });
});
