import { Client } from 'undici';
import { egressRequests } from '../telemetry/metrics.js';
import { addressesOf, type LookUp, pinnedConnector, systemLookUp } from './egress-connector.js';
import { EgressFault } from './egress-fault.js';
import { egressUrlOf } from './egress-url.js';
import type { ReachableAddresses } from './reachable-addresses.js';

/** A request to a server that a user has named. */
export interface EgressRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** By lower-case name. What the connection needs (`host`, `content-length`, …) is not theirs to say. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Most bytes of the answer's body that are read; of a longer one the beginning. */
  readonly maxBytes: number;
  /** For everything from looking the name up to the last byte, in milliseconds. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface EgressAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** `Retry-After` as it came. */
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
  /** Whether there was more of it than was read. */
  readonly isCut: boolean;
}

/** Headers that say how the connection is used. */
export const CONNECTION_HEADERS: readonly string[] = [
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'upgrade', 'expect', 'te'],
  ...['trailer', 'proxy-authorization', 'proxy-connection', 'accept-encoding'],
];

/**
 * Makes the requests that users ask of this server, and only where they may go: the addresses behind a URL are looked at
 * before there is a connection, the connection is made to these alone, and no answer leads anywhere else. Each request
 * has a connection of its own.
 */
export class EgressClient {
  /** @param lookUp what asks for the addresses of names */
  constructor(
    private readonly reachable: ReachableAddresses,
    private readonly lookUp: LookUp = systemLookUp,
  ) {}

  /**
   * What can be said of a URL without asking anybody.
   * @throws EgressFault `url`, `address`
   */
  check(url: string): void {
    egressUrlOf(url, this.reachable);
  }

  /** Redirects are answers like any other. @throws EgressFault; what the signal was aborted with */
  async send(request: EgressRequest): Promise<EgressAnswer> {
    const deadline = AbortSignal.timeout(request.deadlineMs);
    const signals = request.signal ? [request.signal, deadline] : [deadline];
    try {
      const answer = await this.ask(request, AbortSignal.any(signals));
      egressRequests.inc({ outcome: 'answered' });
      return answer;
    } catch (error) {
      request.signal?.throwIfAborted();
      const fault = deadline.aborted ? new EgressFault('timeout') : faultOf(error);
      egressRequests.inc({ outcome: fault.kind });
      throw fault;
    }
  }

  private async ask(request: EgressRequest, signal: AbortSignal): Promise<EgressAnswer> {
    const url = egressUrlOf(request.url, this.reachable);
    const addresses = await raced(addressesOf(url, this.lookUp, this.reachable), signal);
    const client = new Client(url.origin, {
      connect: pinnedConnector(addresses, this.reachable),
      // The deadline is for everything.
      ...{ headersTimeout: 0, bodyTimeout: 0, pipelining: 1 },
    });
    try {
      const { statusCode, headers, body } = await client.request({
        method: request.method,
        path: url.pathname + url.search,
        headers: { 'user-agent': 'redoubt', 'accept-encoding': 'identity', ...request.headers },
        body: request.body ?? null,
        signal,
      });
      return {
        status: statusCode,
        contentType: firstOf(headers['content-type']),
        retryAfter: firstOf(headers['retry-after']),
        ...(await beginningOf(body, request.maxBytes)),
      };
    } finally {
      // Torn, for there may be more to come that nobody wants.
      await client.destroy().catch(() => undefined);
    }
  }
}

const firstOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

async function beginningOf(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Pick<EgressAnswer, 'body' | 'isCut'>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > maxBytes) break;
  }
  return { body: Buffer.concat(pieces).subarray(0, maxBytes), isCut: bytes > maxBytes };
}

/** Looking a name up cannot be stopped; nobody has to wait for it. */
function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function faultOf(error: unknown): EgressFault {
  return error instanceof EgressFault ? error : new EgressFault('connection');
}
