import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to connections: one of these would be taken before it is listened on. */
const FIRST = 15_000;
const COUNT = 17_000;

/** A loopback port nobody listens on right now. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
