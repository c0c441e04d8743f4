import { CORPORA } from './corpora.mjs';
import { Forked } from './forked.mjs';
import { checkRow, decimals, goalRow, table } from './report.mjs';

const BYTES = 1_000_000;
const SCAN_TARGET = 100;
const FULL_TARGET = 5;
const LATENCY_TARGET_MS = 2;

async function probe(task) {
  const process = new Forked('engine-probe.mjs');
  try {
    return await process.ask({ bytes: BYTES, ...task });
  } finally {
    await process.stop();
  }
}

const COLUMNS = ['corpus', 'kB', 'entities', 'work', 'cold MB/s', 'warm MB/s', 'baseline MB/s', 'ratio'];

async function measureCorpora({ seed, rounds }) {
  const measured = [];
  for (const corpus of Object.keys(CORPORA)) {
    for (const work of ['scan', 'full']) {
      measured.push({ corpus, work, ...(await probe({ corpus, work, seed, rounds })) });
    }
  }
  return measured;
}

/** All corpora as one: total bytes by total time. */
function together(measured, kind) {
  const own = measured.filter(({ work }) => work === kind);
  const bytes = own.reduce((sum, one) => sum + one.bytes, 0);
  return bytes / own.reduce((sum, one) => sum + one.bytes / one.warm, 0);
}

const rowOf = ({ corpus, bytes, entities, work, cold, warm, baseline }) => [
  corpus,
  Math.round(bytes / 1_000),
  entities,
  work,
  decimals(cold, 1),
  decimals(warm, 1),
  Math.round(baseline),
  decimals(warm / baseline, 3),
];

/**
 * Megabytes (10^6 bytes) a second on one core: detection alone over the plain characters (scan), and reading the
 * format, detecting and replacing (full). The baseline looks once at every character of the same text.
 */
export async function engineSpeed({ seed, rounds }) {
  const measured = await measureCorpora({ seed, rounds });
  const latency = await probe({ work: 'latency', seed, bytes: 2 * BYTES });
  const scan = together(measured, 'scan');
  const full = together(measured, 'full');
  return {
    text: [
      table(COLUMNS, measured.map(rowOf)),
      '',
      `One text of 1 kB with personal data, detection as the API runs it, ${latency.texts} texts: first ever ` +
        `${decimals(latency.first, 1)} ms, then p50 ${decimals(latency.p50, 3)} ms, p95 ${decimals(latency.p95, 3)} ms, ` +
        `p99 ${decimals(latency.p99, 3)} ms.`,
    ].join('\n'),
    checks: [
      goalRow(
        `scan, all corpora together: at least ${SCAN_TARGET} MB/s`,
        decimals(scan, 1),
        scan >= SCAN_TARGET,
      ),
      checkRow(
        `full, all corpora together: at least ${FULL_TARGET} MB/s`,
        decimals(full, 1),
        full >= FULL_TARGET,
      ),
      checkRow(
        `1 kB: p95 below ${LATENCY_TARGET_MS} ms`,
        `${decimals(latency.p95, 3)} ms`,
        latency.p95 < LATENCY_TARGET_MS,
      ),
    ],
  };
}
