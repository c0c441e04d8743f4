// The model server of the gateway's bench: it repeats the last message, and is the same for everybody who asks.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './machine.mjs';

const { EchoServer } = await import(pathToFileURL(join(ROOT, 'dist', 'echo', 'echo-server.js')).href);

process.once('message', async (options) => {
  process.send({ baseUrl: await new EchoServer(options).start() });
});
process.once('disconnect', () => process.exit(0));
