import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

/** A request as a receiver got it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver answers, or never answers. */
export type Answering = { readonly status: number; readonly headers?: Record<string, string> } | 'silence';

/** An HTTP server that webhooks are sent to; answers 204 until it is told otherwise. */
export class Receiver {
  readonly received: Received[] = [];
  answer: (request: Received) => Answering = () => ({ status: 204 });

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const one = { headers: request.headers, body };
      started.received.push(one);
      const answer = started.answer(one);
      if (answer !== 'silence') response.writeHead(answer.status, answer.headers).end();
    });
    const started = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook?token=s3cret`;
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
