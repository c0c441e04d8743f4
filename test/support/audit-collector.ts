import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP collector of the audit log, which keeps the lines that come with its token. */
export class AuditCollector {
  readonly lines: string[] = [];
  private readonly server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.headers.authorization === 'Bearer collector_1')
      this.lines.push(
        ...Buffer.concat(parts)
          .toString()
          .split(/(?<=\n)/),
      );
    response.writeHead(204).end();
  });

  /** The settings that send the log here. */
  async start(): Promise<Record<string, string>> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    return { REDOUBT_AUDIT_HTTP: `http://127.0.0.1:${port}/`, REDOUBT_AUDIT_HTTP_TOKEN: 'collector_1' };
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
