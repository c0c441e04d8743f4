import OpenAI from 'openai';
import { Client } from '../support/client.js';
import { cutEvery } from '../support/mock-answers.js';
import { type MockRequest, MockUpstream } from '../support/mock-upstream.js';
import { People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { calling, ToolServer, told } from '../support/tool-server.js';

const SECRET = 'wk-5f0c2d9e7b1a4863';
const QUESTION = 'What is the weather where John Smith, john@example.com, lives: in Oslo?';
/** A variable, as settings refer to it. */
const reference = (key: string): string => `\${shop.production.${key}}`;

const TOKEN = /[A-Z_]+-[0-9A-HJKMNP-TV-Z]{16}/g;

describe('tools', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let mock: MockUpstream;
  let openai: OpenAI;
  let server: ToolServer;
  let base: string;
  const ids: Record<string, string> = {};

  const make = async (tool: object): Promise<string> => {
    const { status, body } = await client.post('/api/v1/tools', tool);
    expect([status, body]).toEqual([201, expect.objectContaining({ version: 1 })]);
    return body.id;
  };

  beforeAll(async () => {
    [redoubt, mock, server] = await Promise.all([
      RedoubtProcess.start({ REDOUBT_EGRESS_ALLOW: '127.0.0.1' }),
      MockUpstream.start(),
      ToolServer.start(),
    ]);
    base = server.url;
    client = new Client(redoubt.url, redoubt.adminKey);
    openai = new OpenAI({ apiKey: redoubt.adminKey, baseURL: `${redoubt.url}/v1`, maxRetries: 0 });
    const upstream = { name: 'mock', base_url: mock.url, private: false, models: ['mock-model'] };
    expect((await client.post('/api/v1/configs/upstreams', upstream)).status).toBe(201);
    const project = (await client.post('/api/v1/projects', { name: 'shop' })).body.id;
    const environment = await client.post('/api/v1/environments', {
      name: 'production',
      project_id: project,
    });
    const variable = { environment_id: environment.body.id, key: 'WEATHER_KEY', value: SECRET };
    expect((await client.post('/api/v1/variables', variable)).status).toBe(201);
    for (const [name, tool] of Object.entries(server.tools(reference('WEATHER_KEY'))))
      ids[name] = await make(tool);
  });
  afterAll(async () => {
    server?.stop();
    await redoubt?.dispose();
    await mock?.stop();
  });
  beforeEach(() => {
    mock.reset();
    server.asked.length = 0;
  });

  const ask = (tools: string[], more: object = {}, by = client) =>
    by.post('/v1/chat/completions', {
      ...{ model: 'mock-model', messages: [{ role: 'user', content: QUESTION }] },
      ...{ tool_ids: tools.map((name) => ids[name] ?? name), ...more },
    });
  const receiptOf = async (headers: Headers) =>
    (await client.get(`/api/v1/chat/receipts/${headers.get('x-redoubt-receipt')}`)).body;

  describe('are kept', () => {
    it('by their references, and change by version', async () => {
      const { body, headers } = await client.get(`/api/v1/tools/${ids.weather}`);
      expect(headers.get('etag')).toBe('"1"');
      expect(body).toMatchObject({ kind: 'function', name: 'get_weather', receives: 'tokens' });
      expect(JSON.stringify(body)).toContain(reference('WEATHER_KEY'));
      expect(JSON.stringify(body)).not.toContain(SECRET);
      const id = await make({ name: 'a', request: { method: 'GET', url: 'https://a.example/' } });
      const change = (version: number) =>
        client.send('PATCH', `/api/v1/tools/${id}`, {
          json: { name: 'b' },
          headers: { 'if-match': `"${version}"` },
        });
      expect((await change(2)).status).toBe(412);
      expect((await change(1)).body).toMatchObject({ name: 'b', version: 2, functions: [{ name: 'b' }] });
      expect((await client.send('DELETE', `/api/v1/tools/${id}`)).status).toBe(204);
      expect((await client.get(`/api/v1/tools/${id}`)).status).toBe(404);
    });

    it('only where requests may go, and with variables that their writer may read', async () => {
      const refused = async (request: object) =>
        (await client.post('/api/v1/tools', { name: 'a', request: { method: 'GET', ...request } })).body.error
          ?.code;
      expect(await refused({ url: 'http://169.254.169.254/latest' })).toBe('EGRESS_REFUSED');
      expect(await refused({ url: 'http://[::ffff:10.0.0.1]/' })).toBe('EGRESS_REFUSED');
      const headers = { a: reference('NONE') };
      expect(await refused({ url: 'https://a.example/', headers })).toBe('TOOL_SECRET_UNREADABLE');
      const scoped = { name: 'No secrets', scopes: ['tools:read', 'tools:write'] };
      const { key } = (await client.post('/api/v1/api-keys', scoped)).body;
      const blind = new Client(redoubt.url, key);
      const change = await blind.send('PATCH', `/api/v1/tools/${ids.weather}`, {
        json: { description: 'x' },
      });
      expect([change.status, change.body.error.code]).toEqual([422, 'TOOL_SECRET_UNREADABLE']);
    });

    it('and are used with the rights that their author still has', async () => {
      const editor = await new People(redoubt).person('editor@example.org');
      const { organization_id: organization } = (await client.get(`/api/v1/tools/${ids.weather}`)).body;
      const member = `/api/v1/organizations/${organization}/members/${editor.id}`;
      const become = async (role: string): Promise<void> => {
        expect((await client.send('PATCH', member, { json: { role } })).status).toBe(200);
      };
      await become('editor');
      const headers = { Authorization: reference('WEATHER_KEY') };
      const tool = { name: 'theirs', request: { method: 'GET', url: `${base}/theirs`, headers } };
      const made = await editor.client.post('/api/v1/tools', tool);
      expect([made.status, made.body.author_id]).toEqual([201, editor.id]);
      const outcome = async () => (await client.post(`/api/v1/tools/${made.body.id}/test`, {})).body.status;
      expect(await outcome()).toBe('completed');
      await become('viewer');
      expect(await outcome()).toBe('refused');
      expect((await editor.client.post('/api/v1/tools', tool)).status).toBe(403);
      await client.send('PATCH', `/api/v1/tools/${made.body.id}`, { json: { description: 'Mine now.' } });
      expect(await outcome()).toBe('completed');
      expect(server.asked).toHaveLength(2);
    });

    it('and can be tried: what was sent and answered is shown without secrets', async () => {
      const given = { arguments: { city: 'Oslo' } };
      const { status, body, text } = await client.post(`/api/v1/tools/${ids.weather}/test`, given);
      expect([status, body]).toEqual([
        200,
        expect.objectContaining({ function: 'get_weather', status: 'completed' }),
      ]);
      expect(body.request).toMatchObject({
        url: `${base}/weather/Oslo`,
        headers: { authorization: 'Bearer [SECRET]' },
      });
      expect(body.response.body).toContain('Bearer [SECRET]');
      expect(text).not.toContain(SECRET);
      expect(server.asked).toMatchObject([{ url: '/weather/Oslo', authorization: `Bearer ${SECRET}` }]);
      const wrong = await client.post(`/api/v1/tools/${ids.weather}/test`, { arguments: { city: 4 } });
      expect(wrong.body).toMatchObject({
        status: 'invalid_arguments',
        request: null,
        told: expect.stringContaining('/city'),
      });
    });
  });

  describe('are called on the way to an answer', () => {
    it('and the answer is one, with the usage of all of it', async () => {
      mock.next(
        { ...calling(['get_weather', { city: 'Oslo' }]), content: ['Let me look.'] },
        { content: ['It is 4 °C.'] },
      );
      const { status, body, headers } = await ask(['weather']);
      expect([status, body.choices]).toEqual([
        200,
        [
          expect.objectContaining({
            finish_reason: 'stop',
            message: expect.objectContaining({ content: 'Let me look.\n\nIt is 4 °C.' }),
          }),
        ],
      ]);
      expect(body.usage).toMatchObject({ total_tokens: 24 });
      const [first, second] = mock.requests;
      expect(first?.json.tool_ids).toBeUndefined();
      expect(first?.json.tools).toMatchObject([{ type: 'function', function: { name: 'get_weather' } }]);
      expect(told(second as MockRequest)[0]).toMatch(/"celsius":4,"told":"Bearer \[SECRET\]"/);
      for (const { body: sent } of mock.requests)
        expect(sent.toString()).not.toMatch(/Smith|example\.com|wk-5f0c/);
      const receipt = await receiptOf(headers);
      expect(receipt).toMatchObject({ status: 'completed', attempts: 2, usage: { total_tokens: 24 } });
      expect(receipt.tool_rounds).toEqual([
        {
          runs: [
            expect.objectContaining({ tool_id: ids.weather, function: 'get_weather', status: 'completed' }),
          ],
          request: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: second?.body.length },
          findings: expect.objectContaining({ EMAIL: 2 }),
        },
      ]);
      const read = await client.get('/api/v1/audit-logs?action=environment.read');
      expect(read.body.total).toBeGreaterThan(0);
    });

    it('and no part of a call is streamed, while all that is said is', async () => {
      const split = (bytes: Buffer) => cutEvery(bytes, 7);
      mock.next(
        {
          ...calling(['get_weather', { city: 'Oslo' }], ['get_weather', { city: 'Bergen' }]),
          content: ['Let ', 'me look.'],
          split,
        },
        { content: ['It ', 'is 4 °C.'], split },
      );
      const stream = await openai.chat.completions.create({
        ...{ model: 'mock-model', messages: [{ role: 'user', content: QUESTION }], stream: true },
        ...{ stream_options: { include_usage: true }, tool_ids: [ids.weather] },
      } as OpenAI.ChatCompletionCreateParamsStreaming);
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
        'Let me look.\n\nIt is 4 °C.',
      );
      expect(chunks.filter(({ choices }) => choices[0]?.delta.tool_calls)).toEqual([]);
      expect(chunks.map(({ choices }) => choices[0]?.finish_reason).filter(Boolean)).toEqual(['stop']);
      expect(chunks.flatMap(({ usage }) => usage?.total_tokens ?? [])).toEqual([24]);
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
      expect(server.asked.map(({ url }) => url).sort()).toEqual(['/weather/Bergen', '/weather/Oslo']);
    });

    it.each([false, true])('but not beside calls that are the client’s (stream: %s)', async (isStreamed) => {
      mock.next(calling(['get_weather', { city: 'Oslo' }], ['own', { a: 1 }]));
      const own = { type: 'function' as const, function: { name: 'own', parameters: { type: 'object' } } };
      const request = {
        ...{ model: 'mock-model', messages: [{ role: 'user' as const, content: QUESTION }], tools: [own] },
        ...{ tool_ids: [ids.weather] },
      };
      const answer = isStreamed
        ? await openai.chat.completions.stream(request).finalChatCompletion()
        : await openai.chat.completions.create(request);
      const calls = answer.choices[0]?.message.tool_calls ?? [];
      expect(calls.map((call) => call.type === 'function' && call.function.name)).toEqual([
        'get_weather',
        'own',
      ]);
      expect([server.asked.length, mock.requests.length]).toEqual([0, 1]);
    });

    it('with tokens, or with the values where the tool is to get them; both stay hidden from the model', async () => {
      const mail = (request: MockRequest): string =>
        request.body.toString().match(/EMAIL-[0-9A-HJKMNP-TV-Z]{16}/)?.[0] ?? '';
      mock.next(
        (request) => calling(['send_tokens', { to: mail(request) }], ['send_values', { to: mail(request) }]),
        {
          content: ['Sent.'],
        },
      );
      expect((await ask(['tokens', 'values'])).status).toBe(200);
      const [first, second] = mock.requests as [MockRequest, MockRequest];
      expect(server.asked.map(({ body }) => JSON.parse(body).to).sort()).toEqual(
        [mail(first), 'john@example.com'].sort(),
      );
      expect(second.body.toString()).not.toContain('example.com');
      // What came back of the one mail has the one token.
      expect(told(second).every((text) => text.includes(mail(first)))).toBe(true);
      expect(new Set(second.body.toString().match(TOKEN)).has(mail(first))).toBe(true);
    });

    it('and what goes wrong with them is told to the model', async () => {
      const city = 'get_weather';
      mock.next(calling(['break', {}], [city, '{"city": 4}'], [city, 'no JSON'], ['made_up', {}]), {
        content: ['Sorry.'],
      });
      const { status, headers } = await ask(['broken', 'weather']);
      expect(status).toBe(200);
      expect(told(mock.last)).toEqual([
        expect.stringContaining('HTTP 500.\nout of order'),
        expect.stringContaining("'/city' must be string"),
        expect.stringContaining('not a JSON object'),
        expect.stringContaining('There is: break, get_weather.'),
      ]);
      const [round] = (await receiptOf(headers)).tool_rounds;
      const outcomes = round.runs.map(({ status: of }: { status: string }) => of);
      expect(outcomes).toEqual(['failed', 'invalid_arguments', 'invalid_arguments', 'not_run']);
    });

    it('for an assistant that has them, until they are gone', async () => {
      const request = { method: 'GET', url: `${base}/tides` };
      const tide = await make({ name: 'get_tide', request });
      const asst = { name: 'Harbour', model: 'mock-model', tool_ids: [tide, ids.weather] };
      const made = await client.post('/api/v1/assistants', asst);
      expect([made.status, made.body.tool_ids]).toEqual([201, [tide, ids.weather]]);
      const ask = async () => {
        mock.next(calling(['get_tide', {}]), { content: ['High.'] });
        const messages = [{ role: 'user', content: 'How is the tide?' }];
        const { body } = await client.post('/v1/chat/completions', { model: made.body.id, messages });
        return [body.model, body.choices[0].message.content];
      };
      expect(await ask()).toEqual([made.body.id, 'High.']);
      expect(server.asked.at(-1)?.url).toBe('/tides');
      const path = `/api/v1/assistants/${made.body.id}`;
      const before = await client.get(path);
      expect((await client.send('DELETE', `/api/v1/tools/${tide}`)).status).toBe(204);
      const after = await client.get(path);
      expect(after.body.tool_ids).toEqual([ids.weather]);
      expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
      const missing = await client.post('/api/v1/assistants', { ...asst, name: 'Shore' });
      expect([missing.status, missing.body.error.details.field]).toEqual([404, 'tool_ids[0]']);
    });

    it.each([false, true])(
      'and what the policy blocks of an answer never leaves (stream: %s)',
      async (stream) => {
        const { id } = (await client.post('/api/v1/projects', { name: `strict ${stream}` })).body;
        const policy = { actions: { EMAIL: 'block' } };
        expect((await client.send('PUT', `/api/v1/projects/${id}/policy`, { json: policy })).status).toBe(
          200,
        );
        const chat = (await client.post('/api/v1/chats', { model: 'mock-model', project_id: id })).body.id;
        mock.next({ ...calling(['get_weather', { city: 'Oslo' }]), content: ['Let me look.'] });
        const messages = [{ role: 'user', content: 'Is it cold in Oslo?' }];
        const { status, text } = await ask(['weather'], { messages, stream, metadata: { chat_id: chat } });
        expect(status).toBe(stream ? 200 : 422);
        const [event] = text.match(/\{"error":.*\}/) ?? [];
        expect(JSON.parse(event ?? '{}').error).toMatchObject({
          ...{ code: 'BLOCKED_BY_POLICY', details: { field: 'tool_ids', constraint: 'policy' } },
          message: expect.stringMatching(/^What a tool .* EMAIL\. Leave the tool out/),
        });
        expect([server.asked.length, mock.requests.length]).toEqual([1, 1]);
        const [receipt] = (await client.get('/api/v1/chat/receipts?page_size=1')).body.data;
        expect(receipt).toMatchObject({
          ...{ status: 'failed', error_code: 'BLOCKED_BY_POLICY' },
          tool_rounds: [{ runs: [{ status: 'completed' }], request: null }],
        });
        const { data } = (await client.get(`/api/v1/chats/${chat}/messages`)).body;
        // Of a stream its reader has seen what was said before.
        expect(
          data.map(({ content, complete }: { content: string; complete: boolean }) => [content, complete]),
        ).toEqual(
          stream
            ? [
                [messages[0]?.content, true],
                ['Let me look.', false],
              ]
            : [],
        );
      },
    );

    it('eight times at most; then the model is to answer without them', async () => {
      mock.always(({ json }) =>
        json.tool_choice === 'none' ? { content: ['Enough.'] } : calling(['send_tokens', {}]),
      );
      const { body } = await ask(['tokens'], { tool_choice: 'required' });
      expect(body.choices[0].message.content).toBe('Enough.');
      expect(server.asked).toHaveLength(8);
      expect(mock.requests.map(({ json }) => json.tool_choice)).toEqual([
        'required',
        ...Array(7).fill('auto'),
        'none',
      ]);
      mock.always(calling(...Array.from({ length: 40 }, (): [string, object] => ['send_tokens', {}])));
      const obstinate = await ask(['tokens']);
      expect([obstinate.status, obstinate.body.error.code]).toEqual([422, 'TOOL_CALLS_EXHAUSTED']);
      expect(server.asked).toHaveLength(8);
      const failed = await client.get('/api/v1/chat/receipts?status=failed');
      const [{ error_code: code, tool_rounds: rounds }] = failed.body.data;
      expect([code, rounds.length]).toEqual(['TOOL_CALLS_EXHAUSTED', 1]);
      expect(rounds[0].runs.map(({ status }: { status: string }) => status)).toEqual(
        Array(40).fill('not_run'),
      );
    });

    it('and no longer once the client has left', async () => {
      mock.next(calling(['be_silent', {}]));
      const leaving = new AbortController();
      const sent = openai.chat.completions.create(
        {
          model: 'mock-model',
          messages: [{ role: 'user', content: 'x' }],
          tool_ids: [ids.silent],
        } as OpenAI.ChatCompletionCreateParamsNonStreaming,
        { signal: leaving.signal },
      );
      const outcome = expect(sent).rejects.toThrow();
      await mock.until(() => server.asked.length === 1);
      leaving.abort();
      await outcome;
      await mock.until(() => server.asked[0]?.isAborted === true);
      expect(mock.requests).toHaveLength(1);
    });
  });

  it('are the same 404 when they are missing or foreign, and clash with no other', async () => {
    const { status: gone, body } = await ask(['tool_00000000000000000000000000']);
    expect([gone, body.error.details]).toEqual([404, { field: 'tool_ids[0]', constraint: 'exists' }]);
    const own = { type: 'function', function: { name: 'get_weather' } };
    const clash = await ask(['weather'], { tools: [own] });
    expect([clash.status, clash.body.error.details?.field]).toEqual([400, 'tools[0].function.name']);
    const here = { model: 'local-extractive', messages: [{ role: 'user', content: 'Hello' }] };
    for (const path of ['/v1/chat/completions', '/api/v1/chat/completions/dry-run'])
      for (const [field, more] of [
        ['tool_ids', { tool_ids: [ids.weather] }],
        ['tools', { tools: [own] }],
      ] as const) {
        const refused = await client.post(path, { ...here, ...more });
        expect([refused.status, refused.body.error?.details.field]).toEqual([422, field]);
      }
    const { key } = (await client.post('/api/v1/api-keys', { name: 'Chat', scopes: ['chat:write'] })).body;
    expect((await ask(['weather'], {}, new Client(redoubt.url, key))).status).toBe(403);
    expect([server.asked.length, mock.requests.length]).toEqual([0, 0]);
  });
});
