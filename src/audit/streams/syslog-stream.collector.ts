import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { CONNECT_MS, Collector, SILENCE_MS } from './collector.js';
import type { StreamMessage } from './stream-message.js';
import { octetCounted, syslogMessage } from './syslog-message.js';

/** Bytes that are written at once: what a slow collector must take within the time there is. */
const PIECE_BYTES = 64 * 1024;

/** Where a syslog collector is. */
export interface SyslogAddress {
  readonly protocol: 'tcp' | 'tls' | 'udp';
  readonly host: string;
  readonly port: number;
}

/**
 * Syslog over TCP (RFC 6587, octet counting) or TLS (RFC 5425), on one connection that stays open. Nothing comes back on it:
 * bytes count as taken when the system has taken them, and a connection that breaks is told of.
 */
export class SyslogStreamCollector extends Collector {
  readonly name = 'syslog';
  private socket: Socket | undefined;
  private lostAt: number | undefined;

  /** @param tls what a connection by TLS is made with, beside the authorities that Node trusts */
  constructor(
    private readonly address: SyslogAddress,
    private readonly host: string,
    private readonly tls: ConnectionOptions = {},
    private readonly silenceMs = SILENCE_MS,
  ) {
    super();
  }

  /** Bytes that wait in this process. */
  get bufferedBytes(): number {
    return this.socket?.writableLength ?? 0;
  }

  async send(messages: readonly StreamMessage[], signal: AbortSignal): Promise<void> {
    const socket = await this.connected(signal);
    const stop = (): void => void socket.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (const piece of piecesOf(messages, this.host)) await this.write(socket, piece);
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  override takeLoss(): number | undefined {
    const { lostAt } = this;
    this.lostAt = undefined;
    return lostAt;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private async connected(signal: AbortSignal): Promise<Socket> {
    if (this.lostAt !== undefined) throw new Error('the connection broke');
    if (this.socket) return this.socket;
    signal.throwIfAborted();
    const socket = await opened(this.address, this.tls);
    // It says nothing that counts, but its end is noticed only by who reads.
    socket.resume();
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      this.lostAt = performance.now();
    });
    this.socket = socket;
    return socket;
  }

  private write(socket: Socket, bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => socket.destroy(), this.silenceMs);
      socket.write(bytes, (error) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve();
      });
    });
  }
}

/** @throws what the system or TLS says; when it takes too long */
function opened({ protocol, host, port }: SyslogAddress, tls: ConnectionOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const servername = isIP(host) ? {} : { servername: host };
    const socket =
      protocol === 'tls'
        ? connectTls({ minVersion: 'TLSv1.2', ...servername, ...tls, host, port })
        : connectTcp({ host, port });
    const late = setTimeout(
      () => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
      CONNECT_MS,
    );
    const settle = (): void => clearTimeout(late);
    // One that breaks later closes too, which is what is listened for.
    socket.on('error', (error) => {
      settle();
      reject(error);
    });
    socket.once(protocol === 'tls' ? 'secureConnect' : 'connect', () => {
      settle();
      socket.setNoDelay(true).setKeepAlive(true, 30_000);
      resolve(socket);
    });
  });
}

function* piecesOf(messages: readonly StreamMessage[], host: string): Generator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for (const message of messages) {
    const framed = octetCounted(syslogMessage(message, host));
    parts.push(framed);
    bytes += framed.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(parts);
    [parts, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(parts);
}
