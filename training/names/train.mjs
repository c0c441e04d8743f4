// npm run train:names — makes the data, trains the names tagger and writes its weights and their figures (about
// 25 minutes of one processor; build first). The same seed and the same files of the repository give the same weights.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/machine.mjs';
import { createRandom } from '../../bench/random.mjs';
import { FEATURE_COUNT, ROW_BITS, writeFeatures } from '../../dist/redaction/engine/names/tagger/features.js';
import { LABEL_COUNT, mayFollow } from '../../dist/redaction/engine/names/tagger/labels.js';
import { STRIDE } from '../../dist/redaction/engine/names/tagger/model.js';
import { Tokens } from '../../dist/redaction/engine/names/tagger/tokens.js';
import { Mean, shuffled, Trainer } from './crf.mjs';
import { estranged } from './estrange.mjs';
import { figuresTable, measureWeights } from './figures.mjs';
import { labelledTexts, neutralTexts } from './generate.mjs';
import { packWeights } from './pack.mjs';

const RESULTS = new URL('./results.md', import.meta.url);
const TARGET = new URL('../../src/redaction/engine/names/tagger/weights.generated.ts', import.meta.url);
/** How often in an epoch the weights are taken down for their mean. */
const MEANS = 20;

/** Share of features that are left out at random, so that none is relied on alone (Wager, Wang, Liang 2013). */
const DROPPED = 0.5;
const NO_ROW = 1 << ROW_BITS;

function* examples({ count, seed }) {
  const texts = labelledTexts(seed);
  for (let i = 0; i < count; i++) yield texts.next().value;
  for (const [index, text] of neutralTexts('train').entries()) if (index % 4 === 0) yield { text, spans: [] };
}

/** Sequences of rows and labels, made from one seed. */
function sequencesOf({ count, seed }) {
  const random = createRandom(seed);
  const tokens = new Tokens();
  const sequences = [];
  let size = 0;
  for (const { text, spans } of examples({ count, seed })) {
    tokens.read(text, 0, text.length);
    if (tokens.count === 0) continue;
    const labels = estranged(tokens, spans, random);
    const rows = new Int32Array(tokens.count * FEATURE_COUNT);
    for (let i = 0; i < tokens.count; i++) writeFeatures(tokens, i, rows, i * FEATURE_COUNT);
    for (let i = 0; i < rows.length; i++) if (random.next() < DROPPED) rows[i] = NO_ROW;
    sequences.push({ rows, labels });
    size += tokens.count;
  }
  return { sequences, size };
}

/** Trains once: weights and transitions. */
function trainOnce({ seed, epochs, log, ...amounts }) {
  const { sequences, size } = sequencesOf({ seed, ...amounts });
  log(`seed ${seed}: ${sequences.length} texts, ${size} tokens`);
  const trainer = new Trainer({
    rowCount: NO_ROW + 1,
    noRow: NO_ROW,
    stride: STRIDE,
    labels: LABEL_COUNT,
    features: FEATURE_COUNT,
    mayFollow,
  });
  const means = { weights: new Mean(), transitions: new Mean() };
  const every = Math.ceil(sequences.length / MEANS);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const started = performance.now();
    trainer.rate = 0.15 * (1 - (0.8 * epoch) / epochs);
    let loss = 0;
    for (const [count, index] of shuffled(sequences.length, seed + epoch).entries()) {
      loss += trainer.step(sequences[index].rows, sequences[index].labels);
      if (epoch > 0 && count % every === 0)
        for (const part of ['weights', 'transitions']) means[part].add(trainer[part]);
    }
    log(
      `epoch ${epoch + 1}: loss ${(loss / size).toFixed(4)} a token, ${((performance.now() - started) / 1_000).toFixed(1)} s`,
    );
  }
  const weights = means.weights.get().subarray(0, NO_ROW * STRIDE);
  return { weights: weights.map((weight) => weight * (1 - DROPPED)), transitions: means.transitions.get() };
}

/** Weights nearer to none than this are left out: half of the file, and no measurable part of the quality. */
const LEAST = 0.08;

/** The weights as the engine loads them. */
function quantized({ weights, transitions }) {
  let most = 0;
  for (const weight of weights) most = Math.max(most, Math.abs(weight));
  const limit = Math.min(most, 4);
  const scale = limit / 127;
  const rows = Int8Array.from(weights, (weight) =>
    Math.abs(weight) < LEAST ? 0 : Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return { rows, scale, transitions };
}

/**
 * The mean of several trainings, each on texts of its own seed: what they agree on is what holds elsewhere. Each is measured
 * alone, too: how far they lie apart tells how much of a figure is chance.
 */
function train({ seeds, log, ...amounts }) {
  const means = { weights: new Mean(), transitions: new Mean() };
  const singles = seeds.map((seed) => {
    const single = trainOnce({ seed, log, ...amounts });
    for (const part of ['weights', 'transitions']) means[part].add(single[part]);
    return measureWeights(quantized(single));
  });
  const weights = quantized({ weights: means.weights.get(), transitions: means.transitions.get() });
  return { weights, figures: figuresTable(seeds, singles, measureWeights(weights)) };
}

const reportOf = (figures, { texts, epochs }) => `# The names tagger over seeds

${describeMachine().join('  \n')}

Written by \`npm run train:names\`: the tagger alone, on 3,000 texts of templates that no training saw, a third of whose names no list
knows, and on files of this repository that none saw. Each training read ${texts} texts of its own seed in ${epochs} epochs; the shipped
weights are the mean of all. A finding counts if it covers what is labelled to nine tenths. F2 counts recall four times.

${figures}
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    trainings: { type: 'string', default: '5' },
    texts: { type: 'string', default: '23000' },
    epochs: { type: 'string', default: '3' },
  },
});
const amounts = { texts: Number(values.texts), epochs: Number(values.epochs) };
const seeds = Array.from({ length: Number(values.trainings) }, (_, index) => Number(values.seed) + index);
const { weights, figures } = train({
  count: amounts.texts,
  epochs: amounts.epochs,
  seeds,
  log: console.log,
});
writeFileSync(TARGET, packWeights(weights));
writeFileSync(RESULTS, reportOf(figures, amounts));
console.log(figures);
