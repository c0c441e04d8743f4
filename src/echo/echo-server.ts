import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerTo, type EchoAnswer } from './echo-answer.js';
import { BadRequest, type EchoRequest, readRequest } from './echo-request.js';
import { completionOf, framesOf, type Stamp } from './frames.js';
import { isFromHere, readBody, sendError, sendJson, untilClosed, writePatiently } from './http.js';
import { Received, type ReceivedRequest } from './received.js';

export interface EchoOptions {
  /** Address to listen on; 127.0.0.1 unless told. */
  readonly host?: string;
  /** Port to listen on; a free one unless told. */
  readonly port?: number;
  /** Words of a delta; 1 unless told. */
  readonly wordsPerDelta?: number;
  /** Milliseconds before each delta, and before the answer that is not streamed as long as all of them; 0 unless told. */
  readonly delayMs?: number;
}

const MODEL = '{"id":"echo","object":"model","created":1760000000,"owned_by":"redoubt"}';
const MODELS = `{"object":"list","data":[${MODEL}]}`;

const STREAM_HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };

const MOST_BODY_BYTES = 64 * 1024 * 1024;

/** Frames without a pause between them share a write up to this length. */
const WRITE_CHARACTERS = 16 * 1024;

/** Longer than clients keep idle connections: who closes first must not be us, in the moment they send again. */
const KEEP_ALIVE_MS = 120_000;

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/**
 * A model server in OpenAI's protocol whose model `echo` repeats the last message of the user, a few words at a time. For
 * trying out, testing and measuring what stands before a model server: it needs no model and keeps what it was sent.
 *
 * `POST /v1/chat/completions`, `GET /v1/models`, `GET /v1/models/echo`; `GET /received` shows the latest request bodies to
 * whoever asks from this machine.
 */
export class EchoServer {
  private readonly host: string;
  private readonly wantedPort: number;
  private readonly wordsPerDelta: number;
  private readonly delayMs: number;
  private readonly kept = new Received();
  private readonly server: Server;
  private answers = 0;

  constructor({ host = '127.0.0.1', port = 0, wordsPerDelta = 1, delayMs = 0 }: EchoOptions = {}) {
    this.host = host;
    this.wantedPort = port;
    this.wordsPerDelta = Math.max(1, Math.floor(wordsPerDelta));
    this.delayMs = delayMs;
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        if (!isAbort(error)) response.destroy();
      });
    });
  }

  /** Listens. @returns what clients take for a base URL, up to `/v1` @throws what `listen` does, as when a port is taken */
  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.wantedPort, this.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return this.baseUrl;
  }

  /** Up to and including `/v1`, without a slash at its end. */
  get baseUrl(): string {
    return `http://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}/v1`;
  }

  /** The port it listens on; 0 when it does not. */
  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Request bodies as they came, newest first. */
  get received(): readonly ReceivedRequest[] {
    return this.kept.newestFirst;
  }

  /** Ends every connection, answered or not. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => {
      this.server.close(resolve);
    });
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method } = request;
    const path = request.url?.split('?', 1)[0];
    if (path === '/v1/chat/completions' && method === 'POST') return this.complete(request, response);
    if (method !== 'GET') return sendError(response, 404, `There is no ${method} ${path}.`);
    if (path === '/v1/models') return sendJson(response, 200, MODELS);
    if (path === '/v1/models/echo') return sendJson(response, 200, MODEL);
    if (path !== '/received') return sendError(response, 404, `There is no GET ${path}.`);
    if (!isFromHere(request)) return sendError(response, 403, 'Only for whoever asks from this machine.');
    sendJson(response, 200, JSON.stringify({ object: 'list', data: this.received }));
  }

  private async complete(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming, MOST_BODY_BYTES);
    if (body === undefined) return sendError(response, 413, 'The body is too long.');
    this.kept.add(body);
    try {
      const request = readRequest(body);
      const answer = answerTo(request);
      const stamp = { id: `chatcmpl-echo-${++this.answers}`, created: Math.floor(Date.now() / 1_000) };
      await (request.isStreamed
        ? this.stream(response, request, answer, stamp)
        : this.answerAtOnce(response, request, answer, stamp));
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      sendError(response, 400, error.message, error.param);
    }
  }

  private async answerAtOnce(
    response: ServerResponse,
    request: EchoRequest,
    answer: EchoAnswer,
    stamp: Stamp,
  ): Promise<void> {
    if (this.delayMs > 0) {
      const deltas = Math.ceil(answer.completionWords / this.wordsPerDelta);
      await sleep(this.delayMs * deltas, undefined, { signal: untilClosed(response) });
    }
    sendJson(response, 200, completionOf(request, answer, stamp));
  }

  private async stream(
    response: ServerResponse,
    request: EchoRequest,
    answer: EchoAnswer,
    stamp: Stamp,
  ): Promise<void> {
    const left = untilClosed(response);
    response.writeHead(200, STREAM_HEADERS);
    let waiting = '';
    for (const frame of framesOf(request, answer, stamp, this.wordsPerDelta)) {
      if (this.delayMs > 0) await sleep(this.delayMs, undefined, { signal: left });
      waiting += frame;
      if (this.delayMs === 0 && waiting.length < WRITE_CHARACTERS) continue;
      await writePatiently(response, waiting, left);
      waiting = '';
    }
    if (waiting !== '') response.write(waiting);
    response.end();
  }
}
