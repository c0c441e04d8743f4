import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver got it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers, or that it never does. */
export type Answering = { readonly status: number; readonly headers?: Record<string, string> } | 'silence';

/** An HTTP server that webhooks are sent to; answers 204 until it is told otherwise. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  answer: (request: Received) => Answering = () => ({ status: 204 });

  private constructor(
    private readonly server: Server,
    private readonly host: string,
  ) {}

  static async start(host = '127.0.0.1'): Promise<WebhookReceiver> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const one = { path: request.url ?? '', headers: request.headers, body };
      started.received.push(one);
      const answer = started.answer(one);
      if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end();
    });
    const started = new WebhookReceiver(server, host);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** With a query that is nobody's business. */
  get url(): string {
    return `http://${this.host}:${this.port}/hook?token=s3cret`;
  }

  /** `data` of what was received, in its order. */
  get data(): Record<string, unknown>[] {
    return this.received.map(({ body }) => JSON.parse(body).data);
  }

  reset(): void {
    this.received.length = 0;
    this.answer = () => ({ status: 204 });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
