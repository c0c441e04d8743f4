// A process of its own that starts the embedded server, for tests that kill it or run it as somebody else.
// Argument: the options as JSON. Says one line of JSON: the server, or the error. A line on stdin stops the server.
require('../../supervisor/testing/typescript-hook.cjs');
const { startEmbeddedPostgres } = require('../embedded-postgres.ts');

const lines = [];
const tell = (what) => console.log(JSON.stringify({ ...what, lines, pid: process.pid }));

async function main() {
  const options = JSON.parse(process.argv[2]);
  const server = await startEmbeddedPostgres({ ...options, say: (line) => lines.push(line) });
  tell({ url: server.url, adopted: server.adopted, dataDir: server.dataDir });
  process.stdin.once('data', async () => {
    await server.stop();
    process.exit(0);
  });
}

main().catch((error) => {
  tell({ error: error.message, name: error.name });
  process.exit(1);
});
