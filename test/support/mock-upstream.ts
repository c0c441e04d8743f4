import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MockCompletion, sseEvent, streamChunks, wholeAnswer } from './mock-answers.js';

/** What the server does with one request. Whatever is left out is as a well-behaved server does it. */
export interface MockPlan extends MockCompletion {
  /** 200 unless said otherwise; others get an error body in OpenAI's form. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of the answer in place of a completion: a text or bytes as they are, an object as JSON. */
  readonly body?: string | Buffer | object;
  /** What the events of a stream carry in place of a completion's chunks; a text as it is. `[DONE]` is added. */
  readonly events?: readonly (object | string)[];
  /** Leaves out the `[DONE]` at the end of a stream. */
  readonly isUnended?: boolean;
  /** Milliseconds before the status line. */
  readonly delayMs?: number;
  /** Milliseconds before each piece of the body. */
  readonly gapMs?: number;
  /** How the bytes of the body are cut into writes; an event a write unless said otherwise. */
  readonly split?: (bytes: Buffer) => readonly Buffer[];
  /**
   * Ends the connection after that many pieces of the body, which the client gets; 0: after the status line; 'now': before
   * it, by a reset.
   */
  readonly cutAfter?: number | 'now';
  /** Says nothing more after that many pieces, and leaves the connection open; 'now': not even a status line. */
  readonly hangAfter?: number | 'now';
  /** Lets the body end after that many pieces as if that were all of it. */
  readonly endAfter?: number;
}

/** A request as the server got it. */
export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The exact bytes of the body. */
  readonly body: Buffer;
  /** The body as JSON; undefined where it is none. */
  readonly json: ReturnType<typeof JSON.parse>;
  /** Epoch milliseconds when the body was there. */
  readonly at: number;
  /** Whether the client left before the answer was complete. */
  isAborted: boolean;
  /** Epoch milliseconds when the answer was complete or the client had left. */
  endedAt: number | undefined;
}

type Planner = MockPlan | ((request: MockRequest) => MockPlan);

const WAIT_MS = 10_000;

const plainCompletion = ({ json }: MockRequest): MockPlan => ({
  content: ['Hello', ' from ', String(json?.model ?? 'nobody'), '.'],
});

/**
 * A model server that speaks OpenAI's protocol, and does what a test tells it: `next` for one request each, in order,
 * `always` for those that no plan is left for.
 */
export class MockUpstream {
  /** Every completion that was asked for, in order. */
  readonly requests: MockRequest[] = [];
  /** How often the list of models was asked for. */
  modelLists = 0;
  /** What `GET /v1/models` lists. */
  models: string[] = ['mock-model'];
  /** What `GET /v1/models` does in place of listing them. */
  modelsPlan: MockPlan | undefined;
  /** Every request for vectors, in order. */
  readonly embeddings: MockRequest[] = [];
  /** How a request for vectors is answered; with a status, in place of them. */
  embeddingsPlan: MockPlan | undefined;
  private readonly plans: Planner[] = [];
  private fallback: Planner = plainCompletion;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** Base URL of the kind that an upstream is configured with, `http://127.0.0.1:<port>/v1`. */
    readonly url: string,
  ) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', (request, response) => void this.serve(request, response).catch(() => {}));
  }

  /** @param port a free one unless said otherwise, for servers that come back */
  static start(port = 0): Promise<MockUpstream> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        const bound = typeof address === 'object' && address ? address.port : 0;
        resolve(new MockUpstream(server, `http://127.0.0.1:${bound}/v1`));
      });
    });
  }

  next(...plans: readonly Planner[]): void {
    this.plans.push(...plans);
  }

  always(plan: Planner): void {
    this.fallback = plan;
  }

  /** Forgets plans and requests. */
  reset(): void {
    this.requests.length = 0;
    this.plans.length = 0;
    this.fallback = plainCompletion;
    this.modelsPlan = undefined;
    this.modelLists = 0;
    this.embeddings.length = 0;
    this.embeddingsPlan = undefined;
  }

  /** Completions that have come and are not over. */
  get open(): number {
    return this.requests.filter(({ endedAt }) => endedAt === undefined).length;
  }

  /** Completions whose client left before their end. */
  get aborted(): number {
    return this.requests.filter(({ isAborted }) => isAborted).length;
  }

  get connections(): number {
    return this.sockets.size;
  }

  get last(): MockRequest {
    const last = this.requests.at(-1);
    if (!last) throw new Error('the model server was not asked');
    return last;
  }

  /** Waits until something holds of this server. */
  async until(holds: (mock: this) => boolean, withinMs = WAIT_MS): Promise<void> {
    for (const end = Date.now() + withinMs; !holds(this); ) {
      if (Date.now() > end) throw new Error('the model server waits in vain');
      await sleep(2);
    }
  }

  /** Tears every connection. */
  tear(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = recordOf(incoming, Buffer.concat(chunks));
    response.on('close', () => {
      request.isAborted = !response.writableFinished;
      request.endedAt = Date.now();
    });
    const { method, path } = request;
    if (method === 'GET' && path.endsWith('/models')) {
      this.modelLists += 1;
      return answer(request, response, this.modelsPlan ?? { body: modelList(this.models) });
    }
    if (method === 'POST' && path.endsWith('/embeddings')) {
      this.embeddings.push(request);
      const { embeddingsPlan: plan } = this;
      const isRefused = plan?.status !== undefined;
      return answer(request, response, { ...(!isRefused && { body: embeddingsOf(request) }), ...plan });
    }
    if (method !== 'POST' || !path.endsWith('/chat/completions')) {
      return answer(request, response, { status: 404 });
    }
    this.requests.push(request);
    const planner = this.plans.shift() ?? this.fallback;
    return answer(request, response, typeof planner === 'function' ? planner(request) : planner);
  }
}

/** Words that mean the same to the mock's embedding model; each row is a dimension, and a last one is the same for all texts. */
const MEANINGS = [
  /\b(?:car|automobile|vehicle)s?\b/gi,
  /\b(?:physician|doctor)s?\b/gi,
  /\b(?:brake|pad)s?\b/gi,
];

const embeddingsOf = ({ json }: MockRequest): object => ({
  object: 'list',
  model: json.model,
  data: [json.input].flat().map((text: string, index: number) => ({
    object: 'embedding',
    index,
    embedding: [...MEANINGS.map((meaning) => text.match(meaning)?.length ?? 0), 0.1],
  })),
});

const modelList = (models: readonly string[]): object => ({
  object: 'list',
  data: models.map((id) => ({ id, object: 'model', created: 1_764_000_000, owned_by: 'mock' })),
});

function recordOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): MockRequest {
  const [path = ''] = url.split('?');
  return {
    ...{ method, path, headers, body, json: jsonOf(body), at: Date.now() },
    isAborted: false,
    endedAt: undefined,
  };
}

function jsonOf(body: Buffer): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const errorBody = (status: number): object => ({
  error: { message: `mock error ${status}`, type: 'mock', param: null, code: null },
});

/** The body of an answer as the writes it is sent in, and its type. */
function bodyOf({ json }: MockRequest, plan: MockPlan): { type: string; pieces: Buffer[] } {
  const { status = 200, body, events, isUnended } = plan;
  const model = String(json?.model ?? 'mock-model');
  if (body !== undefined || status >= 300 || !(events ?? json?.stream)) {
    const whole = body ?? (status >= 300 ? errorBody(status) : wholeAnswer(plan, model));
    const text = typeof whole === 'string' || Buffer.isBuffer(whole) ? whole : JSON.stringify(whole);
    return { type: 'application/json', pieces: [Buffer.from(text)] };
  }
  const chunks = events ?? streamChunks(plan, model, Boolean(json?.stream_options?.include_usage));
  const all = isUnended ? chunks : [...chunks, '[DONE]'];
  return { type: 'text/event-stream', pieces: all.map((event) => Buffer.from(sseEvent(event))) };
}

async function answer(request: MockRequest, response: ServerResponse, plan: MockPlan): Promise<void> {
  const { status = 200, headers = {}, delayMs, gapMs, split, cutAfter, hangAfter, endAfter } = plan;
  if (delayMs) await sleep(delayMs);
  if (cutAfter === 'now') return void response.socket?.resetAndDestroy();
  if (hangAfter === 'now' || response.destroyed) return;
  const { type, pieces: events } = bodyOf(request, plan);
  const pieces = split ? split(Buffer.concat(events)) : events;
  response.writeHead(status, { 'content-type': type, ...headers });
  response.flushHeaders();
  for (const [index, piece] of pieces.slice(0, endAfter).entries()) {
    if (index === cutAfter) return void response.socket?.destroy();
    if (index === hangAfter) return;
    if (gapMs) await sleep(gapMs);
    if (response.destroyed) return;
    // A write a packet, as far as that is in the hands of a server.
    await new Promise<void>((resolve) => response.write(piece, () => setImmediate(resolve)));
  }
  if (cutAfter === pieces.length) return void response.socket?.destroy();
  if (hangAfter === pieces.length) return;
  response.end();
}
