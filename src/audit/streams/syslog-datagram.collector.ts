import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { Collector } from './collector.js';
import type { StreamMessage } from './stream-message.js';
import { syslogMessage } from './syslog-message.js';
import type { SyslogAddress } from './syslog-stream.collector.js';

/** Syslog over UDP (RFC 5426), a datagram a message. What is lost on the way, nobody knows. */
export class SyslogDatagramCollector extends Collector {
  readonly name = 'syslog';
  private readonly sockets = new Map<number, Socket>();

  constructor(
    private readonly address: SyslogAddress,
    private readonly host: string,
  ) {
    super();
  }

  async send(messages: readonly StreamMessage[], signal: AbortSignal): Promise<void> {
    const { address, family } = await lookup(this.address.host);
    const socket = this.socketOf(family);
    for (const message of messages) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const done = (error: Error | null): void => (error ? reject(error) : resolve());
        socket.send(syslogMessage(message, this.host), this.address.port, address, done);
      });
    }
  }

  close(): void {
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }

  private socketOf(family: number): Socket {
    const known = this.sockets.get(family);
    if (known) return known;
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    // That nobody listens comes back at times, and says nothing about any one datagram.
    socket.on('error', () => {});
    socket.unref();
    this.sockets.set(family, socket);
    return socket;
  }
}
