// One large text in a process of its own, since the most memory that a process has had never falls.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { analyze } from '../dist/redaction/engine/analysis.js';
import { runCooperatively } from '../dist/redaction/engine/cooperation.js';
import { Detector } from '../dist/redaction/engine/detector.js';
import { openDocument } from '../dist/redaction/engine/structure/open-document.js';
import { SearchThreads } from '../dist/redaction/search/search-threads.service.js';
import { CORPORA } from './corpora.mjs';

const OPTIONS = { confidence_threshold: 0.85, custom_patterns: [], allow_list: [], deny_list: [] };
const MINIMUM = { minConfidence: 0.85 };
const signal = new AbortController().signal;

const threads = new SearchThreads(
  fileURLToPath(new URL('../dist/redaction/search/worker.js', import.meta.url)),
);

const WAYS = {
  inline: (text) =>
    runCooperatively(analyze(openDocument(text, 'text'), new Detector({ minScore: 0.4 }), MINIMUM)),
  thread: (data) =>
    threads.analyze(
      { data, format: 'text', options: OPTIONS, analysis: MINIMUM, secrets: undefined, issued: new Map() },
      undefined,
      { signal: () => signal },
    ),
};

process.once('message', async ({ way, bytes, seed }) => {
  const text = Buffer.from(CORPORA['prose with personal data'].make(bytes, seed)).toString('latin1');
  const before = process.memoryUsage.rss();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  const { entities } = await WAYS[way](text);
  const ms = performance.now() - started;
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage.rss());
  const answer = {
    entities: entities.length,
    ms,
    stallMs: delay.max / 1e6,
    memory: (most - before) / text.length,
  };
  process.send(answer, () => process.exit());
});
