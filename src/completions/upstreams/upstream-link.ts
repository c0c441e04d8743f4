import { Pool } from 'undici';
import type { OutageLog } from '../../platform/telemetry/outage-log.js';
import { Circuit } from './circuit.js';
import { Exchange, type ExchangeLimits, type ExchangeWatch } from './exchange.js';
import { KnownModels } from './known-models.js';
import { readModels, type UpstreamModel } from './model-list.js';
import type { StoredUpstream, Upstream } from './upstream.js';
import { UpstreamFault } from './upstream-fault.js';

/** Longest wait for a connection, in milliseconds. */
const CONNECT_MS = 5_000;
/** Longest wait for a list of models. */
const LIST_MS = 10_000;

/** Characters in a row by which a key can be told. */
const TELLING = 8;

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: string[];
  readonly body?: Buffer;
}

/** What a model server is asked to do, as its address says it. */
export type UpstreamOperation = 'chat/completions' | 'embeddings';

/** What to ask a model server for. */
export interface Asked {
  /** A completion unless told. */
  readonly operation?: UpstreamOperation | undefined;
  /** The exact bytes. */
  readonly body: Buffer;
  readonly stream: boolean;
  readonly signal: AbortSignal;
  /** Ours, by which the server's operator can ask about it. */
  readonly requestId: string;
  /** What is left of the time for everything, in milliseconds. */
  readonly totalMs: number;
}

/** A model server as this process talks to it: its connections, what it has, how it does. Lives until it is changed. */
export class UpstreamLink {
  readonly upstream: Upstream;
  readonly version: number;
  readonly createdAt: Date;
  readonly circuit = new Circuit();
  readonly models: KnownModels;
  private active = 0;
  private readonly pool: Pool;
  private readonly path: string;
  private readonly headers: readonly string[];
  private readonly watch: ExchangeWatch = {
    answered: (status) => {
      if (!isFaulty(status)) this.circuit.answered();
    },
    ended: (end, status) => {
      this.active -= 1;
      if (isFaulty(status)) this.failed(UpstreamFault.status(status));
      else if (end === 'left') this.circuit.left();
      else if (end instanceof UpstreamFault) this.failed(end);
      else {
        this.circuit.completed();
        this.outages.over();
      }
    },
  };

  /** @param key in clear; undefined for servers that want none */
  constructor(
    { keySealed: _, version, createdBy: __, createdAt, updatedAt: ___, ...upstream }: StoredUpstream,
    private readonly key: string | undefined,
    private readonly outages: OutageLog,
  ) {
    this.upstream = upstream;
    this.version = version;
    this.createdAt = createdAt;
    const { origin, pathname } = new URL(upstream.baseUrl);
    this.path = pathname.replace(/\/+$/, '');
    this.headers = [
      ...['user-agent', 'redoubt', 'accept-encoding', 'identity'],
      ...(key ? ['authorization', `Bearer ${key}`] : []),
    ];
    const connectTimeout = Math.min(CONNECT_MS, upstream.firstByteSeconds * 1000);
    // Waits for answers are the exchange's, which knows whom it waits for.
    this.pool = new Pool(origin, { connectTimeout, headersTimeout: 0, bodyTimeout: 0 });
    this.models = new KnownModels(upstream.models, (signal) => this.listModels(signal));
  }

  /** Requests that wait for an answer, or for the rest of one. */
  get activeRequests(): number {
    return this.active;
  }

  get isClosed(): boolean {
    return this.pool.closed || this.pool.destroyed;
  }

  /** Asks for an answer. @throws UpstreamFault when no answer begins; what the signal was aborted with */
  complete({
    operation = 'chat/completions',
    body,
    stream,
    signal,
    requestId,
    totalMs,
  }: Asked): Promise<Exchange> {
    const accept = stream ? 'text/event-stream' : 'application/json';
    const headers = [...this.headers, 'content-type', 'application/json', 'accept', accept];
    headers.push('x-request-id', requestId);
    const { firstByteSeconds, idleSeconds } = this.upstream;
    const limits = { firstByteMs: firstByteSeconds * 1000, idleMs: idleSeconds * 1000, totalMs };
    const request = { method: 'POST', path: `${this.path}/${operation}`, headers, body } as const;
    return this.exchange(request, limits, signal);
  }

  /** Asks which models it has, whatever administrators say it has. @throws UpstreamFault; what the signal was aborted with */
  async listModels(signal: AbortSignal): Promise<UpstreamModel[]> {
    const headers = [...this.headers, 'accept', 'application/json'];
    const limits = { firstByteMs: LIST_MS, idleMs: LIST_MS, totalMs: LIST_MS };
    const request = { method: 'GET', path: `${this.path}/models`, headers } as const;
    const exchange = await this.exchange(request, limits, signal);
    return readModels(exchange);
  }

  /** Whether a text has the key in it, or a telling part of it. */
  isTelling(text: string): boolean {
    const { key } = this;
    if (!key) return false;
    const part = Math.min(TELLING, key.length);
    for (let at = 0; at + part <= text.length; at++) if (key.includes(text.slice(at, at + part))) return true;
    return false;
  }

  /** Lets answers under way come to their end, and takes no further request. */
  async close(): Promise<void> {
    this.models.stop();
    await this.pool.close();
  }

  /** Tears every connection. */
  async destroy(): Promise<void> {
    this.models.stop();
    await this.pool.destroy();
  }

  /** An exchange once it is answered. The circuit learns how it goes. */
  private exchange(request: Request, limits: ExchangeLimits, signal: AbortSignal): Promise<Exchange> {
    if (this.isClosed) return Promise.reject(new UpstreamFault('closed', 'CLOSED'));
    this.active += 1;
    this.circuit.enter();
    const exchange = new Exchange(limits, signal, this.watch);
    if (!signal.aborted) this.pool.dispatch(request, exchange);
    return exchange.answered();
  }

  private failed(fault: UpstreamFault): void {
    this.circuit.failed(fault.code, performance.now());
    this.outages.note(fault);
  }
}

/** Statuses that tell against a server. What is wrong with a request, or comes too often, does not. */
const isFaulty = (status: number): boolean =>
  status >= 500 || (status >= 300 && status < 400) || [401, 402, 403, 407].includes(status);
