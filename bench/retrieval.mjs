// npm run bench:retrieval — finding chunks for questions: quality on a graded collection, speed and memory at 50,000 chunks,
// beside textbook BM25 in the same run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCollection } from './beir.mjs';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { PlainBm25 } from './retrieval-baseline.mjs';
import { generateCollection } from './retrieval-collection.mjs';
import { evaluate } from './retrieval-measures.mjs';

const USAGE = `node bench/retrieval.mjs [DIR] [--chunks n] [--queries n] [--seed n] [--no-results]
  DIR           a test collection in BEIR's layout; its quality alone is measured, bench/results/retrieval.md left as it is
  --chunks      for speed and memory (50000)
  --queries     for speed (1000)
  --seed        of what is generated (1)
  --no-results  leaves bench/results/retrieval.md as it is`;

const NEEDED = { pages: 500, p50: 2, p99: 15, held: 400e6 };
const DEPTH = 100;

const ABOUT = `Quality: a collection made of facts by templates (bench/retrieval-collection.mjs), graded 3 for the fact that was
asked for and 1 for what is next to it; \`npm run bench:retrieval -- DIR\` measures any in BEIR's layout. nDCG@10 has linear gain, as
trec_eval computes it. Speed: chunks of 100 to 200 words that are as frequent as words are (Zipf), questions of 5 to 12, the
best 50; a page is 3,000 characters. Held: heap and typed arrays after collecting garbage, less what there was before.
Baseline: textbook BM25 (k1 1.2, b 0.75) in maps, over the same terms, title before text.`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      chunks: { type: 'string', default: '50000' },
      queries: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [folder] = positionals;
  return {
    folder,
    chunks: Number(values.chunks),
    queries: Number(values.queries),
    seed: Number(values.seed),
    write: !values['no-results'] && folder === undefined && values.chunks === '50000',
  };
}

const options = readOptions();
ensureBuild();
// What they import is built just now.
const { ChunkIndex } = await import('../dist/knowledge/retrieval/chunk-index.js');
const { TermReader } = await import('../dist/knowledge/retrieval/terms.js');

function qualityOf(collection, index) {
  for (const document of collection.documents) index.add(document);
  return evaluate(collection, (query) => index.search(query, { limit: DEPTH }).map(({ id }) => id));
}

const MEASURES = { ndcg: 'nDCG@10', map: 'MAP', recall: 'Recall@100' };

function qualityTable(own, baseline) {
  const rows = Object.entries(MEASURES).map(([key, name]) => [
    name,
    decimals(own[key], 4),
    decimals(baseline[key], 4),
    decimals(own[key] / baseline[key], 3),
  ]);
  return table(['quality', 'own', 'baseline', 'ratio'], rows);
}

async function probe(index) {
  const process = new Forked('retrieval-probe.mjs', { execArgv: ['--expose-gc'] });
  try {
    return await process.ask({ ...options, index });
  } finally {
    await process.stop();
  }
}

const mb = (bytes) => bytes / 1e6;

function speedTable(own, baseline) {
  const row = (name, key, places, scale = (value) => value) => [
    name,
    decimals(scale(own[key]), places),
    decimals(scale(baseline[key]), places),
    decimals(own[key] / baseline[key], 3),
  ];
  return table(
    ['speed and memory', 'own', 'baseline', 'ratio'],
    [
      row('pages/s, indexing', 'pages', 0),
      row('longest addition, ms', 'longest', 1),
      row('query p50, ms', 'p50', 2),
      row('query p99, ms', 'p99', 2),
      row('held, MB', 'held', 0, mb),
      row('resident set, texts and all, MB', 'rss', 0, mb),
    ],
  );
}

function speedChecks({ pages, p50, p99, held }) {
  return [
    checkRow(`indexing: at least ${NEEDED.pages} pages/s`, decimals(pages, 0), pages >= NEEDED.pages),
    checkRow(`query: p50 at most ${NEEDED.p50} ms`, `${decimals(p50, 2)} ms`, p50 <= NEEDED.p50),
    checkRow(`query: p99 at most ${NEEDED.p99} ms`, `${decimals(p99, 2)} ms`, p99 <= NEEDED.p99),
    checkRow(`held: at most ${mb(NEEDED.held)} MB`, `${decimals(mb(held), 0)} MB`, held <= NEEDED.held),
  ];
}

async function measureSpeed() {
  const own = await probe('own');
  const baseline = await probe('baseline');
  const vectors = await probe('vectors');
  return {
    sections: [
      `${options.chunks} chunks, ${options.queries} questions. The index itself puts its size at ${decimals(mb(own.estimated), 0)} MB.`,
      speedTable(own, baseline),
      `${options.chunks} vectors of 384 dimensions, all compared, the best 50: p50 ${decimals(vectors.p50, 2)} ms, ` +
        `p99 ${decimals(vectors.p99, 2)} ms, ${decimals(mb(vectors.estimated), 0)} MB.`,
    ],
    checks: speedChecks(own),
  };
}

const load = await measureForeignLoad('retrieval');
const collection =
  options.folder === undefined ? generateCollection(options.seed) : readCollection(options.folder);
const own = qualityOf(collection, new ChunkIndex());
const baseline = qualityOf(collection, new PlainBm25(new TermReader()));
const quality = [
  `${collection.documents.length} documents, ${own.count} judged questions, ${own.unanswered} of them without any answer.`,
  qualityTable(own, baseline),
];
const speed = options.folder === undefined ? await measureSpeed() : { sections: [], checks: [] };
const checks = [
  checkRow('every question is answered', `${own.unanswered} are not`, own.unanswered === 0),
  ...(options.folder === undefined
    ? [checkRow('nDCG@10: no worse than the baseline', decimals(own.ndcg, 4), own.ndcg >= baseline.ndcg)]
    : []),
  ...speed.checks,
];
const sections = [...quality, ...speed.sections, checkTable(checks)];
console.log(`\n${load}\n\n${sections.join('\n\n')}`);
if (options.write) {
  const head = [...describeMachine(), `seed ${options.seed}`, load].map((line) => `- ${line}`).join('\n');
  const report = ['# Retrieval: quality, speed and memory', head, ABOUT, ...sections];
  writeFileSync(join(ROOT, 'bench', 'results', 'retrieval.md'), `${report.join('\n\n')}\n`);
}
if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
