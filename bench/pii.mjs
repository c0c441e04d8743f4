// npm run bench:pii — quality of detection: on labelled texts of a folder, else on texts the project generates itself.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, ensureBuild, ROOT } from './machine.mjs';
import { measures, RecognizerTally, Tally } from './pii-scores.mjs';
import { checkRow, checkTable, decimals, table } from './report.mjs';

const USAGE = `node bench/pii.mjs [DIR] [--seed n] [--texts n] [--faults] [--no-results]
  DIR           a folder with sentences.jsonl ({text, entities: [{type, start, end}]}) or recognizers.jsonl (the same with
                scope, the types that count), offsets in code points; without it, texts are generated that no training saw
  --seed        of the generated texts (1)
  --texts       how many are generated (3000)
  --faults      prints what was missed and what was found wrongly
  --no-results  leaves bench/results/pii.md as it is`;

const THRESHOLD = 0.85;
/** False names of people a page of technical prose may cost. */
const MOST_FALSE_PEOPLE = 1;
const PROSE_UNIT = 10_000;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      texts: { type: 'string', default: '3000' },
      faults: { type: 'boolean', default: false },
      'no-results': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  return {
    folder: positionals[0] && resolve(positionals[0]),
    seed: Number(values.seed),
    texts: Number(values.texts),
    faults: values.faults,
    write: !values['no-results'] && !positionals[0],
  };
}

const readLines = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

async function engine() {
  const [analysis, confidence, cooperation, detector, document] = await Promise.all(
    ['analysis', 'confidence', 'cooperation', 'detector', 'structure/open-document'].map(
      (name) => import(`../dist/redaction/engine/${name}.js`),
    ),
  );
  const find = (text, settings, minConfidence) =>
    cooperation.runToEnd(
      analysis.analyze(document.openDocument(text, 'text'), new detector.Detector(settings), {
        minConfidence,
      }),
    ).entities;
  return {
    /** What is found by default. */
    usual: (text) => find(text, { minScore: confidence.scoreOf(THRESHOLD) }, THRESHOLD),
    /** Whatever has a score above 0, of some types. */
    whatever: (text, types) => find(text, { minScore: Number.MIN_VALUE, types: new Set(types) }, 0),
  };
}

const shares = ({ precision, recall, f1, f2 }) =>
  [precision, recall, f1, f2].map((value) => decimals(value, 3));

function sentencesSection(name, rows, { usual }, { faults }) {
  const tally = new Tally();
  const started = process.cpuUsage();
  let bytes = 0;
  for (const { text, entities } of rows) {
    const found = usual(text);
    tally.add(text, entities, found);
    bytes += Buffer.byteLength(text);
    if (faults) printFaults(text, entities, found);
  }
  const seconds = process.cpuUsage(started).user / 1e6;
  const lines = tally.types.map(([type, count]) => [
    type,
    count.labelled,
    count.found,
    ...shares(measures(count)),
  ]);
  const { blind } = tally;
  lines.push(['any type', blind.labelled, blind.found, ...shares(measures(blind))]);
  const columns = ['type', 'labelled', 'found', 'precision', 'recall', 'F1', 'F2'];
  return {
    tally,
    text:
      `## ${name}\n\n${rows.length} texts. A finding is right when its type is and it covers the label (intersection over union of at least .9, ` +
      `without white space and punctuation at its ends); addresses count as places.\n\n${table(columns, lines)}\n\n` +
      `${decimals(bytes / seconds / 1e6, 2)} MB/s of one core, short texts one by one, the first of a new process included.`,
  };
}

function printFaults(text, labels, found) {
  const characters = [...text];
  const shown = ({ type, start, end }) => `${type} ${JSON.stringify(characters.slice(start, end).join(''))}`;
  const [wanted, got] = [labels.map(shown), found.map(shown)];
  const [missed, wrong] = [
    wanted.filter((one) => !got.includes(one)),
    got.filter((one) => !wanted.includes(one)),
  ];
  if (missed.length + wrong.length > 0)
    console.log(`${JSON.stringify(text)}\n  missed: ${missed.join(', ')}\n  wrong: ${wrong.join(', ')}`);
}

function recognizersSection(rows, { whatever }, { faults }) {
  const tally = new RecognizerTally();
  for (const row of rows) tally.add(row, whatever(row.text, row.scope));
  if (faults) for (const { id, type, kind } of tally.faults) console.log(`${id}: ${type} ${kind}`);
  const { hits, labelled, flagged, negatives } = tally.total;
  const lines = tally.types.map(([type, count]) => [
    type,
    count.labelled,
    count.hits,
    count.negatives,
    count.flagged,
  ]);
  return {
    text:
      `## Recognizers\n\n${rows.length} texts, each for its own types, whatever the score. Exact spans found: ${hits} of ${labelled} ` +
      `(${decimals(hits / labelled, 3)}). Texts without the type that were flagged: ${flagged} of ${negatives} (${decimals(flagged / negatives, 3)}).\n\n` +
      table(['type', 'labelled', 'found', 'negatives', 'flagged'], lines),
  };
}

/** False alarms in the repository's own prose and code, which hold no personal data. */
async function proseSection({ usual }) {
  const { neutralTexts } = await import('../training/names/generate.mjs');
  const counts = new Map();
  let characters = 0;
  for (const text of neutralTexts('held-out')) {
    characters += text.length;
    for (const { type } of usual(text)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const rate = (count) => count / (characters / PROSE_UNIT);
  const lines = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) => [type, count, decimals(rate(count), 2)]);
  const people = rate(counts.get('PERSON') ?? 0);
  return {
    text:
      `## False alarms\n\nIn ${Math.round(characters / 1_000)} kB of this repository's documents and sources, paragraphs with samples of personal data left out, ` +
      `those that trained the tagger too.\n\n${table(['type', 'found', 'per 10 kB'], lines)}`,
    checks: [
      checkRow(
        `false PERSON per 10 kB of prose and code: at most ${MOST_FALSE_PEOPLE}`,
        decimals(people, 2),
        people <= MOST_FALSE_PEOPLE,
      ),
    ],
  };
}

async function generatedRows({ seed, texts }) {
  const { labelledTexts } = await import('../training/names/generate.mjs');
  const source = labelledTexts(seed, 'held-out');
  const points = (text, unit) => [...text.slice(0, unit)].length;
  return Array.from({ length: texts }, () => {
    const { text, spans, patterns } = source.next().value;
    return {
      text,
      entities: [...spans, ...patterns].map(({ type, start, end }) => ({
        type,
        start: points(text, start),
        end: points(text, end),
      })),
    };
  });
}

async function sectionsOf(options, finders) {
  const { folder } = options;
  if (!folder) {
    const rows = await generatedRows(options);
    return [sentencesSection('Generated texts, templates that trained nothing', rows, finders, options)];
  }
  const sections = [];
  const [sentences, recognizers] = ['sentences', 'recognizers'].map((name) => join(folder, `${name}.jsonl`));
  if (existsSync(sentences))
    sections.push(sentencesSection('Sentences', readLines(sentences), finders, options));
  if (existsSync(recognizers)) sections.push(recognizersSection(readLines(recognizers), finders, options));
  if (sections.length === 0)
    throw new Error(`Neither sentences.jsonl nor recognizers.jsonl lies in ${folder}.`);
  return sections;
}

const options = readOptions();
ensureBuild();
const finders = await engine();
const sections = [...(await sectionsOf(options, finders)), await proseSection(finders)];
const checks = sections.flatMap((section) => section.checks ?? []);
const head = [
  '# Detection: quality',
  '',
  ...describeMachine().map((line) => `- ${line}`),
  `- Seed: ${options.seed}`,
];
const report = [
  head.join('\n'),
  ...sections.map(({ text }) => text),
  `## Checks\n\n${checkTable(checks)}`,
  '',
].join('\n\n');
console.log(report);
if (options.write) writeFileSync(join(ROOT, 'bench', 'results', 'pii.md'), report.replace(/\n+$/, '\n'));
process.exitCode = checks.every(({ passed }) => passed) ? 0 : 1;
