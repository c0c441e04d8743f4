// A receiver of webhooks that is killed and started again: it writes down what comes before it answers.
// node proofs/webhook-receiver.mjs <port> <file>
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const SLOW_MS = 60;

const [, , port, file] = process.argv;

createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  const line = { hook: request.url, id: request.headers['webhook-id'], ...JSON.parse(body) };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  // A kill meets some that are written down and not answered: those come again.
  await sleep(Math.random() * SLOW_MS);
  response.writeHead(204).end();
}).listen(Number(port), '127.0.0.1');
