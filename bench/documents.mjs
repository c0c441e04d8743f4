// npm run bench:documents — redaction of PDF and DOCX with verification: speed, memory, shares of the stages, and files
// that ask for more than they may have.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Forked } from './forked.mjs';
import { describeMachine, ensureBuild, measureForeignLoad, ROOT } from './machine.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';
import { median } from './statistics.mjs';

const USAGE = `node bench/documents.mjs [--rounds n] [--scale x] [--only pdf|docx|bombs] [--seed n] [--no-results]
  --rounds      measured rounds (3)
  --scale       of the documents' sizes, for rehearsals (1)
  --only        leaves out the rest, and bench/results/documents.md as it is
  --seed        of the generated documents (1)
  --no-results  leaves bench/results/documents.md as it is`;

const NEEDED_PAGES = 35;
const NEEDED_GROWTH = 350e6;
const NEEDED_SECONDS = { docx: 5, bomb: 10 };
const NEEDED_PEAK = 700e6;
/** What two medians of the same speed may differ by. */
const TOLERANCE = 0.95;
const STAGES = ['reading', 'finding', 'removing', 'verifying'];

const ABOUT = `Every document in a fresh process, as jobs do it, warmed up as the product's are; medians of the rounds. Time is from
handing over the bytes to having the redacted ones, verified. Memory is the process's resident set: at its peak, and
how much that is over what it had while it waited. Baselines read the same bytes in the same run and do nothing else:
pdf.js (unpdf) extracts the text, saxes parses the XML.`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      scale: { type: 'string', default: '1' },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const scale = Number(values.scale);
  return {
    rounds: Number(values.rounds),
    scale,
    parts: values.only === undefined ? ['pdf', 'docx', 'bombs'] : [values.only],
    seed: Number(values.seed),
    write: !values['no-results'] && values.only === undefined && scale === 1,
  };
}

const options = readOptions();
ensureBuild();
// What they import is built just now.
const { BOMBS, docxOf, HITS_PER_PAGE, pdfOf } = await import('./document-samples.mjs');
const { redactApart } = await import('./document-course.mjs');

async function readAlone(sample) {
  const reader = new Forked('document-baseline.mjs', { serialization: 'advanced' });
  try {
    return (await reader.ask({ format: sample.format, bytes: sample.bytes })).seconds;
  } finally {
    await reader.stop();
  }
}

/** Rounds of one document, with the baseline after each. @throws Error when less was found than was put in */
async function measure(sample) {
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const result = await redactApart(sample);
    if (result.code !== undefined) throw new Error(`${sample.name}: refused as ${result.code}`);
    if (result.report.redactions < sample.values)
      throw new Error(`${sample.name}: ${result.report.redactions} of ${sample.values} values removed`);
    rounds.push({ ...result, baseline: await readAlone(sample) });
  }
  const middle = (figure) => median(rounds.map(figure));
  return {
    ...sample,
    seconds: middle(({ seconds }) => seconds),
    peak: middle(({ peak }) => peak),
    growth: middle(({ peak, idle }) => peak - idle),
    ratio: middle(({ seconds, baseline }) => baseline / seconds),
    stages: STAGES.map((stage) => middle(({ stages, seconds }) => (stages[stage] ?? 0) / seconds)),
  };
}

async function samplesOf({ scale, seed, parts }) {
  const samples = [];
  for (const pages of parts.includes('pdf') ? [200, 1_000] : []) {
    const count = Math.max(2, Math.round(pages * scale));
    const values = count * HITS_PER_PAGE;
    const name = `PDF, ${count} pages, ${values.toLocaleString('en')} hits`;
    samples.push({ name, format: 'pdf', bytes: pdfOf(count, seed), pages: count, values });
  }
  if (parts.includes('docx')) {
    const size = Math.round(20e6 * scale);
    samples.push({
      name: `DOCX, ${decimals(size / 1e6, 1)} MB of XML`,
      format: 'docx',
      ...(await docxOf(size, seed)),
    });
  }
  return samples;
}

const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const percent = (share) => `${Math.round(share * 100)} %`;

const speedTable = (measured) =>
  table(
    ['document', 'pages/s', 's', 'peak', 'over idle', ...STAGES, 'reading alone takes'],
    measured.map(({ name, pages, seconds, peak, growth, stages, ratio }) => [
      name,
      pages === undefined ? '' : decimals(pages / seconds, 1),
      decimals(seconds, 2),
      mb(peak),
      mb(growth),
      ...stages.map(percent),
      `${percent(ratio)} of it`,
    ]),
  );

function speedChecks(measured) {
  const [small, large] = measured.filter(({ format }) => format === 'pdf');
  const docx = measured.find(({ format }) => format === 'docx');
  const rate = ({ pages, seconds }) => pages / seconds;
  return [
    ...(small
      ? [
          checkRow(
            `${small.pages} pages: at least ${NEEDED_PAGES} pages/s`,
            decimals(rate(small), 1),
            rate(small) >= NEEDED_PAGES,
          ),
          checkRow(
            `${small.pages} pages: at most ${mb(NEEDED_GROWTH)} more memory`,
            mb(small.growth),
            small.growth <= NEEDED_GROWTH,
          ),
        ]
      : []),
    ...(small && large
      ? [
          checkRow(
            `${large.pages} pages: no slower per page than ${small.pages} (within ${percent(1 - TOLERANCE)})`,
            `${decimals(rate(large), 1)} pages/s`,
            rate(large) >= rate(small) * TOLERANCE,
          ),
        ]
      : []),
    ...(docx
      ? [
          checkRow(
            `${docx.name}: at most ${NEEDED_SECONDS.docx} s`,
            `${decimals(docx.seconds, 2)} s`,
            docx.seconds <= NEEDED_SECONDS.docx,
          ),
          checkRow(`${docx.name}: at most ${mb(NEEDED_PEAK)}`, mb(docx.peak), docx.peak <= NEEDED_PEAK),
        ]
      : []),
  ];
}

async function measureBombs() {
  const results = [];
  for (const { name, make, strict = false } of BOMBS) {
    const bytes = make();
    const result = await redactApart({
      format: 'pdf',
      bytes,
      strict,
      timeoutSeconds: 2 * NEEDED_SECONDS.bomb,
    });
    results.push({ name, size: bytes.length, ...result });
  }
  return results;
}

const bombTable = (bombs) =>
  table(
    ['file', 'bytes', 'outcome', 's', 'peak'],
    bombs.map(({ name, size, code, seconds, peak }) => [
      name,
      size.toLocaleString('en'),
      code ?? 'redacted',
      decimals(seconds, 2),
      mb(peak),
    ]),
  );

function bombChecks(bombs) {
  if (bombs.length === 0) return [];
  const longest = Math.max(...bombs.map(({ seconds }) => seconds));
  const largest = Math.max(...bombs.map(({ peak }) => peak));
  return [
    checkRow(
      `bombs: at most ${NEEDED_SECONDS.bomb} s each`,
      `${decimals(longest, 2)} s`,
      longest <= NEEDED_SECONDS.bomb,
    ),
    checkRow(`bombs: at most ${mb(NEEDED_PEAK)} each`, mb(largest), largest <= NEEDED_PEAK),
  ];
}

const load = await measureForeignLoad('documents');
const measured = [];
for (const sample of await samplesOf(options)) measured.push(await measure(sample));
const bombs = options.parts.includes('bombs') ? await measureBombs() : [];
const checks = [...speedChecks(measured), ...bombChecks(bombs)];
const sections = [
  ...(measured.length > 0 ? [speedTable(measured)] : []),
  ...(bombs.length > 0 ? [bombTable(bombs)] : []),
  checkTable(checks),
];
console.log(`\n${load}\n\n${sections.join('\n\n')}`);
if (options.write) {
  const head = [...describeMachine(), `${options.rounds} rounds, seed ${options.seed}`, load];
  const report = [
    '# Redacted documents: speed and memory',
    head.map((line) => `- ${line}`).join('\n'),
    ABOUT,
    ...sections,
  ];
  writeFileSync(join(ROOT, 'bench', 'results', 'documents.md'), `${report.join('\n\n')}\n`);
}
if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
