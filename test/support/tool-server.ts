import { createServer, type Server } from 'node:http';
import type { MockPlan, MockRequest } from './mock-upstream.js';

/** A request as the server got it. */
export interface ToolRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** Whether the client left before the answer was complete. */
  isAborted: boolean;
}

/** What a model does that calls functions. */
export const calling = (...calls: [name: string, given: object | string][]): MockPlan => ({
  toolCalls: calls.map(([name, given]) => ({
    name,
    arguments: [...(typeof given === 'string' ? given : JSON.stringify(given))],
  })),
});

/** What a model was told that functions had answered. */
export const told = ({ json }: MockRequest): string[] =>
  json.messages
    .filter(({ role }: { role: string }) => role === 'tool')
    .map(({ content }: { content: string }) => content);

/** A server that tools ask: it repeats credential and body, says nothing at `/silent`, and fails at `/broken`. */
export class ToolServer {
  readonly asked: ToolRequest[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ToolServer> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      const { url = '', headers } = request;
      const one: ToolRequest = { url, authorization: headers.authorization, body, isAborted: false };
      response.on('close', () => {
        one.isAborted = !response.writableFinished;
      });
      started.asked.push(one);
      if (url === '/silent') return;
      if (url === '/broken') return void response.writeHead(500).end('out of order');
      response.setHeader('content-type', 'application/json');
      const told = `${headers.authorization}`;
      response.end(JSON.stringify({ celsius: 4, told, got: body, mail: 'mary.jones@example.com' }));
    });
    const started = new ToolServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** What is registered to have it asked. @param secret a variable by reference, which it is to get as the credential */
  tools(secret: string): Readonly<Record<string, object>> {
    const { url } = this;
    const headers = { Authorization: `Bearer ${secret}` };
    const properties = { city: { type: 'string' }, who: { type: 'string' } };
    const post = { request: { method: 'POST', url: `${url}/mail` }, parameters: { properties: { to: {} } } };
    return {
      weather: {
        ...{ name: 'get_weather', description: 'The weather of a city.' },
        parameters: { properties, required: ['city'] },
        request: { method: 'GET', url: `${url}/weather/{city}`, headers },
      },
      tokens: { name: 'send_tokens', ...post },
      values: { name: 'send_values', receives: 'values', ...post },
      silent: { name: 'be_silent', request: { method: 'GET', url: `${url}/silent` } },
      broken: { name: 'break', request: { method: 'GET', url: `${url}/broken` } },
    };
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
