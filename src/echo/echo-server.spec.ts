import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { EchoServer } from './echo-server.js';

const TEXT = 'Dear Zoë,\n  the invoice of "Ünal & Söhne" 😀 is due.';
const question = (more: object = {}) => ({
  model: 'gpt-4',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'first' },
    { role: 'assistant', content: 'answer' },
    { role: 'user', content: TEXT },
  ],
  ...more,
});
const TOOLS = {
  tools: [{ type: 'function', function: { name: 'look_up', parameters: {} } }],
  tool_choice: 'required',
};

interface Delta {
  readonly role?: string;
  readonly content?: string | null;
  readonly tool_calls?: readonly {
    readonly id?: string;
    readonly function: { readonly arguments: string };
  }[];
}

interface Chunk {
  readonly id: string;
  readonly object: string;
  readonly model: string;
  readonly choices: readonly { index: number; delta: Delta; finish_reason: string | null }[];
  readonly usage?: { readonly completion_tokens: number } | null;
}

let echo: EchoServer;
beforeAll(async () => {
  echo = new EchoServer();
  await echo.start();
});
afterAll(() => echo.stop());

const post = (body: unknown, server = echo, signal?: AbortSignal): Promise<Response> =>
  fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });

interface Whole {
  readonly choices: readonly {
    readonly message: {
      readonly content: string | null;
      readonly tool_calls?: readonly {
        readonly function: { readonly name: string; readonly arguments: string };
      }[];
    };
  }[];
}

const whole = async (body: object): Promise<Whole> => (await (await post(body)).json()) as Whole;

const argumentsOf = ({ choices }: Whole): string =>
  choices[0]?.message.tool_calls?.[0]?.function.arguments ?? '';

/** The chunks of a stream, checked to be nothing but events that end with `[DONE]`. */
async function chunksOf(response: Response): Promise<Chunk[]> {
  const frames = (await response.text()).split('\n\n');
  expect(frames.slice(-2)).toEqual(['data: [DONE]', '']);
  return frames.slice(0, -2).map((frame) => {
    expect(frame.slice(0, 6)).toBe('data: ');
    return JSON.parse(frame.slice(6));
  });
}

const saidBy = (chunks: readonly Chunk[], choice = 0): string =>
  chunks
    .flatMap(({ choices }) => choices)
    .filter(({ index }) => index === choice)
    .map(({ delta }) => delta.content ?? '')
    .join('');

describe('an answer of the echo server', () => {
  it('is the last message of the user, and says what it counted', async () => {
    const answer = await whole(question());
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: 'gpt-4',
      choices: [{ index: 0, message: { role: 'assistant', content: TEXT }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 15, completion_tokens: 11, total_tokens: 26 },
    });
  });

  it('comes word by word, its role first and its end last', async () => {
    const response = await post(question({ stream: true }));
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const chunks = await chunksOf(response);
    expect(saidBy(chunks)).toBe(TEXT);
    expect(chunks).toHaveLength(13);
    expect(chunks[0]?.choices[0]).toMatchObject({ delta: { role: 'assistant' }, finish_reason: null });
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(new Set(chunks.map(({ id, object, model }) => `${id} ${object} ${model}`)).size).toBe(1);
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('ends with its usage where that is asked for', async () => {
    const asked = question({ stream: true, stream_options: { include_usage: true } });
    const chunks = await chunksOf(await post(asked));
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 11 } });
    for (const chunk of chunks.slice(0, -1)) expect(chunk.usage).toBeNull();
  });

  it('joins the texts of several parts, and comes as often as asked for', async () => {
    const content = [{ type: 'text', text: 'a b' }, { type: 'image_url' }, { type: 'text', text: 'c' }];
    const chunks = await chunksOf(await post({ messages: [{ role: 'user', content }], n: 3, stream: true }));
    expect([0, 1, 2].map((choice) => saidBy(chunks, choice))).toEqual(['a b c', 'a b c', 'a b c']);
  });

  it('is cut after so many words', async () => {
    for (const name of ['max_tokens', 'max_completion_tokens']) {
      const chunks = await chunksOf(await post(question({ stream: true, [name]: 3 })));
      expect(saidBy(chunks)).toBe('Dear Zoë,\n  the');
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
    }
    const full = await chunksOf(await post(question({ stream: true, max_tokens: 11 })));
    expect(full.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  });
});

describe('a call of a tool', () => {
  it('has the text as its argument, at once or in pieces', async () => {
    const answer = await whole(question(TOOLS));
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: null, tool_calls: [{ function: { name: 'look_up' } }] },
    });
    expect(JSON.parse(argumentsOf(answer))).toEqual({ text: TEXT });
    const chunks = await chunksOf(await post(question({ ...TOOLS, stream: true })));
    const calls = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ id: expect.any(String), function: { name: 'look_up', arguments: '' } });
    expect(calls.length).toBeGreaterThan(5);
    expect(JSON.parse(calls.map((call) => call.function.arguments).join(''))).toEqual({ text: TEXT });
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('names the one that is named, and does not come unless it must', async () => {
    const choice = { type: 'function', function: { name: 'other' } };
    const named = await whole(question({ ...TOOLS, tool_choice: choice }));
    expect(named.choices[0]?.message.tool_calls?.[0]?.function.name).toBe('other');
    const free = await whole(question({ ...TOOLS, tool_choice: 'auto' }));
    expect(free.choices[0]?.message.content).toBe(TEXT);
  });
});

describe('the echo server', () => {
  it('shows what it received, newest first and byte for byte, to this machine by its own name', async () => {
    const sent = ['{"messages":[{"role":"user","content":"é  \\u00e9"}]}', '{ broken'];
    for (const body of sent) await (await post(body)).text();
    const address = `${echo.baseUrl.replace('/v1', '')}/received`;
    const { data } = (await (await fetch(address)).json()) as { data: { body: string }[] };
    expect(data.slice(0, 2).map(({ body }) => body)).toEqual(sent.toReversed());
    expect(echo.received.map(({ body }) => body)).toEqual(data.map(({ body }) => body));
    expect(data.length).toBeLessThanOrEqual(32);

    const socket = connect(echo.port, '127.0.0.1');
    socket.end('GET /received HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n');
    const [head] = await once(socket, 'data');
    expect(String(head)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('lists its model', async () => {
    const list = await (await fetch(`${echo.baseUrl}/models`)).json();
    expect(list).toMatchObject({ object: 'list', data: [{ id: 'echo', object: 'model' }] });
    expect((await fetch(`${echo.baseUrl}/models/echo`)).status).toBe(200);
    expect((await fetch(`${echo.baseUrl}/models/other`)).status).toBe(404);
  });

  it.each([
    ['{ broken', null],
    ['[]', null],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hello'] }, 'messages'],
    [question({ n: 0 }), 'n'],
  ])('refuses %j in the shape of OpenAI', async (body, param) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.any(String), type: 'invalid_request_error', param, code: null },
    });
  });

  it('gives a slow reader no more than it takes, and all of it', async () => {
    const content = 'word '.repeat(200_000);
    const since = process.memoryUsage().rss;
    const response = await post({ stream: true, messages: [{ role: 'user', content }] });
    const reader = response.body?.getReader();
    await reader?.read();
    await sleep(200);
    // All of its frames are 30 MB and more.
    expect(process.memoryUsage().rss - since).toBeLessThan(25_000_000);
    let bytes = 0;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      bytes += part.value.length;
    expect(bytes).toBeGreaterThan(30_000_000);
  });

  it('takes its time where told to, and stops when the client leaves', async () => {
    const slow = new EchoServer({ delayMs: 40, wordsPerDelta: 5 });
    await slow.start();
    const since = performance.now();
    expect(saidBy(await chunksOf(await post(question({ stream: true }), slow)))).toBe(TEXT);
    expect(performance.now() - since).toBeGreaterThan(110);
    const leaving = new AbortController();
    const response = await post(question({ stream: true }), slow, leaving.signal);
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    await expect(post(question(), slow, AbortSignal.timeout(20))).rejects.toThrow();
    expect((await post(question(), slow)).status).toBe(200);
    await slow.stop();
    await slow.stop();
    await expect(post(question(), slow)).rejects.toThrow();
  });
});
