import { CORPORA } from './corpora.mjs';
import { Forked } from './forked.mjs';
import { checkRow, decimals, table } from './report.mjs';

const BYTES = 1_000_000;
const SECRETS = 10_000;
const LEAST_RATIO = 0.9;

const COLUMNS = ['corpus', 'work', 'without MB/s', 'with MB/s', 'ratio'];

async function probe(task) {
  const process = new Forked('secrets-detection-probe.mjs');
  try {
    return await process.ask({ bytes: BYTES, count: SECRETS, ...task });
  } finally {
    await process.stop();
  }
}

const speed = (bytes, ms) => decimals(bytes / ms / 1_000, 1);

const sum = (rows, of) => rows.reduce((total, row) => total + of(row), 0);

/**
 * Detection with the fingerprints of 10,000 values beside detection without, over the same text, in turns, on one core; and
 * how long making the fingerprints takes. Each text holds one of the values, which has to be found.
 */
export async function secretsDetection({ seed, rounds }) {
  const measured = [];
  for (const corpus of Object.keys(CORPORA))
    for (const work of ['scan', 'full'])
      measured.push({ corpus, work, ...(await probe({ corpus, work, seed, rounds })) });
  const rows = measured.map(({ corpus, work, bytes, withMs, withoutMs }) => [
    corpus,
    work,
    speed(bytes, withoutMs),
    speed(bytes, withMs),
    decimals(withoutMs / withMs, 3),
  ]);
  const ratioOf = (kind) => {
    const own = measured.filter(({ work }) => work === kind);
    return sum(own, ({ withoutMs }) => withoutMs) / sum(own, ({ withMs }) => withMs);
  };
  const made = Math.min(...measured.map(({ madeMs }) => madeMs));
  const checks = ['scan', 'full'].map((kind) =>
    checkRow(
      `detection with ${SECRETS} values, ${kind}, all corpora together: at least ${LEAST_RATIO} of its speed without`,
      decimals(ratioOf(kind), 3),
      ratioOf(kind) >= LEAST_RATIO,
    ),
  );
  const about = `Fingerprints of ${SECRETS} opened values are made in ${Math.round(made)} ms.`;
  return { text: `${table(COLUMNS, rows)}\n\n${about}`, checks };
}
