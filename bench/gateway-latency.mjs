import { Agent, request } from 'node:http';
import { quantile } from './statistics.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One streamed completion: milliseconds to the first event with text, and to the end. */
function ask({ url, key }, body) {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const started = performance.now();
    let first;
    let text = '';
    const sent = request(`${url}/chat/completions`, { method: 'POST', agent, headers }, (answer) => {
      answer.setEncoding('utf8');
      answer.on('data', (piece) => {
        text += piece;
        if (first === undefined && /"content":"[^"]/.test(text)) first = performance.now() - started;
      });
      answer.on('end', () => {
        if (answer.statusCode !== 200 || !text.endsWith('data: [DONE]\n\n'))
          return reject(new Error(`${answer.statusCode} ${text.slice(0, 500)}`));
        resolve({ first, whole: performance.now() - started });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * What a place in between adds, one request at a time: direct and through it take turns, so that both see the same machine.
 * @returns medians in milliseconds, direct and through, of the first text and of the whole
 */
export async function measureLatency({ direct, through, body, count }) {
  const text = JSON.stringify(body);
  const samples = { direct: [], through: [] };
  for (let index = 0; index < count; index += 1) {
    samples.direct.push(await ask(direct, text));
    samples.through.push(await ask(through, text));
  }
  const middle = (side, figure) =>
    quantile(
      samples[side].slice(count / 10).map((sample) => sample[figure]),
      0.5,
    );
  return {
    first: { direct: middle('direct', 'first'), through: middle('through', 'first') },
    whole: { direct: middle('direct', 'whole'), through: middle('through', 'whole') },
  };
}
