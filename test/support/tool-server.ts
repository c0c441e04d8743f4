import { createServer, type Server } from 'node:http';

/** A request as a tool's server got it. */
export interface ToolRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** Whether the client left before the answer was complete. */
  isAborted: boolean;
}

/** What tools ask: a server that tells what it was told. `/silent` never answers, `/broken` is out of order. */
export class ToolServer {
  /** Every request, in order. */
  readonly asked: ToolRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ToolServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const tools = new ToolServer(server, `http://127.0.0.1:${port}`);
    server.on('request', async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const { url = '', headers } = request;
      const asked = { url, authorization: headers.authorization, body, isAborted: false };
      response.on('close', () => {
        asked.isAborted = !response.writableFinished;
      });
      tools.asked.push(asked);
      if (url === '/silent') return;
      if (url === '/broken') return void response.writeHead(500).end('out of order');
      response.setHeader('content-type', 'application/json');
      const told = {
        celsius: 4,
        told: `${headers.authorization}`,
        got: body,
        mail: 'mary.jones@example.com',
      };
      response.end(JSON.stringify(told));
    });
    return tools;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
