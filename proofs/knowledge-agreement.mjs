import { setTimeout as sleep } from 'node:timers/promises';
import { formOf, hitsOf } from './knowledge-documents.mjs';

const LANES = 4;
const POLL_MS = 30;
const PATIENCE_MS = 60_000;

/** Documents that come and go in a knowledge base while every API process is asked for them. */
class Agreement {
  faults = [];
  changes = 0;
  looks = 0;

  constructor(cluster, baseId) {
    this.cluster = cluster;
    this.path = `/api/v1/knowledge/${baseId}`;
  }

  async #call(status, method, path, options) {
    const answer = await this.cluster.call(method, this.path + path, options);
    if (answer.status !== status)
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async #untilIndexed(id, api) {
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
      const { status, error } = await this.#call(200, 'GET', `/documents/${id}`, { api });
      if (status === 'indexed') return;
      if (status === 'failed') throw new Error(`a document failed by ${error?.code}`);
      if (Date.now() > until) throw new Error(`a document is ${status} after ${PATIENCE_MS} ms`);
    }
  }

  /** Asks all processes at once: for each it is the very next search after what was answered. */
  async #look({ word, name }, wanted, after) {
    const json = { query: `${word} workshop`, limit: 5 };
    this.changes += 1;
    const asked = this.cluster.urls.map((_, api) => this.#call(200, 'POST', '/search', { json, api }));
    for (const [api, body] of (await Promise.all(asked)).entries()) {
      const found = hitsOf(body, word).map(({ document_id: id }) => id);
      this.looks += 1;
      if (found.join() === wanted.join()) continue;
      const seen = `API process ${api + 1} found it ${found.length} times instead of ${wanted.length}`;
      this.faults.push(`${name}: ${seen} in its first search after ${after}`);
    }
  }

  async #come(document, api) {
    const { id } = await this.#call(201, 'POST', '/documents', { form: formOf(document), api });
    await this.#untilIndexed(id, api);
    await this.#look(document, [id], `API process ${api + 1} said that it is indexed`);
    return id;
  }

  async #go(document, id, api) {
    await this.#call(204, 'DELETE', `/documents/${id}`, { api });
    await this.#look(document, [], `API process ${api + 1} deleted it`);
  }

  async run(documents) {
    const waiting = [...documents.entries()];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [number, { document, id }] = next;
        const api = number % this.cluster.urls.length;
        await this.#go(document, id ?? (await this.#come(document, api)), api);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }
}

/**
 * Indexes and deletes documents by one API process after the other; after each answer that says so, the next search of
 * every process must show it.
 * @param coming documents that are uploaded and deleted again
 * @param going `{document, id}` of documents that are there and deleted meanwhile
 * @returns `{changes, looks, faults}`: answers that said so, searches held against them, and what was wrong
 */
export async function proveAgreement({ cluster, baseId, coming, going }) {
  const agreement = new Agreement(cluster, baseId);
  const come = agreement.run(coming.map((document) => ({ document })));
  await Promise.all([come, agreement.run(going)]);
  const { changes, looks, faults } = agreement;
  return { changes, looks, faults };
}
