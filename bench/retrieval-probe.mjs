// One index in a process of its own, so that its memory is what the process has more than before.
import { ChunkIndex } from '../dist/knowledge/retrieval/chunk-index.js';
import { TermReader } from '../dist/knowledge/retrieval/terms.js';
import { VectorIndex } from '../dist/knowledge/retrieval/vector-index.js';
import { createRandom } from './random.mjs';
import { PlainBm25 } from './retrieval-baseline.mjs';
import { generateLoad } from './retrieval-collection.mjs';
import { quantile } from './statistics.mjs';

const PAGE_CHARACTERS = 3_000;
const LIMIT = 50;
const WARM_UPS = 100;
const DIMENSIONS = 384;
const VECTOR_QUERIES = 50;

const INDEXES = { own: () => new ChunkIndex(), baseline: () => new PlainBm25(new TermReader()) };

function memory() {
  globalThis.gc();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { held: heapUsed + arrayBuffers, rss };
}

function timesOf(queries, search) {
  for (const query of queries.slice(0, WARM_UPS)) search(query);
  return queries.map((query) => {
    const started = performance.now();
    search(query);
    return performance.now() - started;
  });
}

function measureIndex({ index: name, seed, chunks, queries }) {
  const load = generateLoad(seed, { chunks, queries });
  const characters = load.chunks.reduce((sum, { title, text }) => sum + title.length + text.length, 0);
  const before = memory();
  const index = INDEXES[name]();
  let longest = 0;
  const started = performance.now();
  for (const chunk of load.chunks) {
    const since = performance.now();
    index.add(chunk);
    longest = Math.max(longest, performance.now() - since);
  }
  const seconds = (performance.now() - started) / 1_000;
  const after = memory();
  const times = timesOf(load.queries, (query) => index.search(query, { limit: LIMIT }));
  return {
    pages: characters / PAGE_CHARACTERS / seconds,
    longest,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    held: after.held - before.held,
    rss: after.rss,
    estimated: index.estimatedBytes,
  };
}

function measureVectors({ seed, chunks }) {
  const random = createRandom(seed);
  const vector = () => Float32Array.from({ length: DIMENSIONS }, () => random.next() - 0.5);
  const index = new VectorIndex(DIMENSIONS);
  for (let id = 0; id < chunks; id++) index.add(id, vector());
  const queries = Array.from({ length: VECTOR_QUERIES }, vector);
  const times = timesOf(queries, (query) => index.search(query, { limit: LIMIT }));
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), estimated: index.estimatedBytes };
}

process.once('message', (task) => {
  const result = task.index === 'vectors' ? measureVectors(task) : measureIndex(task);
  process.send(result, () => process.disconnect());
});
