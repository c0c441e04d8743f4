import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DETECT_SAMPLE, PROCESS_SAMPLE } from '../bench/samples.mjs';

const ANSWER_MS = 15_000;
const PAUSE_MS = 10;

const OPERATIONS = [
  {
    action: 'detect',
    path: '/v1/detect',
    body: JSON.stringify(DETECT_SAMPLE),
    entities: (answer) => answer.summary.total_entities,
  },
  {
    action: 'process',
    path: '/v1/process',
    body: JSON.stringify(PROCESS_SAMPLE),
    entities: (answer) => answer.entities_detected.length,
  },
];

/** One POST; resolves once the whole answer is here. @throws the socket's error when it never comes whole */
function post(url, { headers, body, agent }) {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent, timeout: ANSWER_MS }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        if (!response.complete) return reject(new Error('the answer was cut off'));
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', reject);
    call.end(body);
  });
}

/** Detect and process calls over several connections, remembering every answer that came back whole. */
export class TextLoad {
  /** What was answered with 200: request id → `{action, agent, entities}`. */
  answered = new Map();
  /** User agents of all calls made: one each. */
  agents = new Set();
  /** Count by status of answers that were not 200. */
  refused = new Map();
  /** Calls without a whole answer. */
  broken = 0;

  #url;
  #key;
  #name;
  #stopping = false;
  #connections;

  /** @param {string} name begins the user agent of every call */
  constructor({ url, key, name, connections }) {
    this.#url = url;
    this.#key = key;
    this.#name = name;
    this.#connections = Array.from({ length: connections }, (_, index) => this.#run(index));
  }

  /** Resolves when the last call is over. */
  async stop() {
    this.#stopping = true;
    await Promise.all(this.#connections);
  }

  async #run(index) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = index; !this.#stopping; turn++) {
      try {
        await this.#call(OPERATIONS[turn % OPERATIONS.length], agent);
      } catch {
        this.broken++;
        await sleep(PAUSE_MS);
      }
    }
    agent.destroy();
  }

  async #call({ action, path, body, entities }, agent) {
    const userAgent = `${this.#name}/${this.agents.size + 1}`;
    this.agents.add(userAgent);
    const headers = {
      authorization: `Bearer ${this.#key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': userAgent,
    };
    const { status, text } = await post(`${this.#url}${path}`, { headers, body, agent });
    if (status !== 200) {
      this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
      return;
    }
    const answer = JSON.parse(text);
    this.answered.set(answer.request_id, { action, agent: userAgent, entities: entities(answer) });
  }
}
