import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { OctetCounts, type ParsedSyslog, parseSyslog } from './parse-syslog.js';

/** A syslog collector that can be killed, and comes back at the same port. */
export class TestSyslogServer {
  readonly messages: ParsedSyslog[] = [];
  port = 0;
  /** While false, nothing that comes is read. */
  isReading = true;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  /** @param tls by TLS, with this */
  constructor(private readonly tls?: TlsOptions) {}

  get certificate(): TlsOptions['cert'] {
    return this.tls?.cert;
  }

  async start(): Promise<void> {
    const onSocket = (socket: Socket): void => this.serve(socket);
    this.server = this.tls ? createTlsServer(this.tls, onSocket) : createServer(onSocket);
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** As by kill -9: what had come and was not read is lost. */
  async kill(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  resume(): void {
    this.isReading = true;
    for (const socket of this.sockets) socket.resume();
  }

  private serve(socket: Socket): void {
    const counts = new OctetCounts();
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (bytes) => this.messages.push(...counts.take(bytes).map(parseSyslog)));
    if (!this.isReading) socket.pause();
  }
}

/** What an HTTP collector was sent. */
export interface TestPost {
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly lines: readonly string[];
}

/** An HTTP collector that answers as it is told. */
export class TestHttpServer {
  readonly posts: TestPost[] = [];
  /** The status of the next answers; what is refused is not kept. */
  status = 204;
  port = 0;
  private server: HttpServer | undefined;

  async start(): Promise<void> {
    this.server = createHttpServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      if (this.status < 300)
        this.posts.push({
          authorization: request.headers.authorization,
          type: request.headers['content-type'],
          lines: Buffer.concat(parts).toString().split('\n').slice(0, -1),
        });
      response.writeHead(this.status).end();
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}
