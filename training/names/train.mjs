// npm run train:names — makes the data, trains the names tagger and writes its weights (some 10 minutes of one processor; build
// first). The same seed gives the same weights.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../../bench/random.mjs';
import { FEATURE_COUNT, ROW_BITS, writeFeatures } from '../../dist/redaction/engine/names/tagger/features.js';
import { Flag } from '../../dist/redaction/engine/names/tagger/gazetteer.js';
import {
  beginOf,
  insideOf,
  LABEL_COUNT,
  mayFollow,
  OUTSIDE,
  TAGGED_TYPES,
} from '../../dist/redaction/engine/names/tagger/labels.js';
import { STRIDE } from '../../dist/redaction/engine/names/tagger/model.js';
import { Shape, Tokens } from '../../dist/redaction/engine/names/tagger/tokens.js';
import { Mean, shuffled, Trainer } from './crf.mjs';
import { labelledTexts, neutralTexts } from './generate.mjs';
import { packWeights } from './pack.mjs';

const TARGET = new URL('../../src/redaction/engine/names/tagger/weights.generated.ts', import.meta.url);
const NAME_FLAGS = Flag.First | Flag.Last | Flag.City;
/** Share of names that lists do not know, and of words that the tagger has not met: so much as in texts of the world. */
const UNLISTED = 0.35;
const UNKNOWN = 0.6;
/** Share of other words that are strangers, so that no sentence is learnt by heart. */
const BLURRED = 0.15;
/** Countries and nationalities are few: hardly any is unknown. */
const CLOSED = Flag.Country | Flag.Group | Flag.Title;
const UNKNOWN_CLOSED = 0.1;

/** How often in an epoch the weights are taken down for their mean. */
const MEANS = 20;

/** Share of features that are left out at random, so that none is relied on alone (Wager, Wang, Liang 2013). */
const DROPPED = 0.5;
const NO_ROW = 1 << ROW_BITS;

/** Labels of the tokens of a text. */
function labelsOf(tokens, spans) {
  const labels = new Uint8Array(tokens.count);
  let token = 0;
  for (const { type, start, end } of spans) {
    const kind = TAGGED_TYPES.indexOf(type);
    while (token < tokens.count && tokens.ends[token] <= start) token++;
    for (let first = true; token < tokens.count && tokens.starts[token] < end; token++) {
      labels[token] = first ? beginOf(kind) : insideOf(kind);
      first = false;
    }
  }
  return labels;
}

/** Makes some names strangers to the lists, and some words to the tagger. */
function estrange(tokens, labels, random) {
  for (let i = 0; i < tokens.count; i++) {
    const label = labels[i];
    if (label === OUTSIDE) {
      if (tokens.shapes[i] < Shape.Digits && random.next() < BLURRED) tokens.words[i] = random.below(2 ** 31);
      continue;
    }
    if (tokens.flags[i] & CLOSED) {
      if (random.next() < UNKNOWN_CLOSED) tokens.words[i] = random.below(2 ** 31);
      continue;
    }
    if (tokens.flags[i] & NAME_FLAGS && random.next() < UNLISTED) tokens.flags[i] &= ~NAME_FLAGS;
    if (
      tokens.shapes[i] < Shape.Digits &&
      !(tokens.flags[i] & ~(NAME_FLAGS | Flag.Common)) &&
      random.next() < UNKNOWN
    )
      tokens.words[i] = random.below(2 ** 31);
  }
}

function* examples({ count, seed, neutral }) {
  const texts = labelledTexts(seed);
  for (let i = 0; i < count; i++) yield texts.next().value;
  if (neutral)
    for (const [index, text] of neutralTexts('train').entries())
      if (index % 4 === 0) yield { text, spans: [] };
}

/** Sequences of rows and labels, made from one seed. */
function sequencesOf({ count, seed, neutral }) {
  const random = createRandom(seed);
  const tokens = new Tokens();
  const sequences = [];
  let size = 0;
  for (const { text, spans } of examples({ count, seed, neutral })) {
    tokens.read(text, 0, text.length);
    if (tokens.count === 0) continue;
    const labels = labelsOf(tokens, spans);
    estrange(tokens, labels, random);
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

/** The mean of several trainings, each on texts of its own seed: what they agree on is what holds elsewhere. */
function train({ count = 25_000, epochs = 3, seeds = [1, 2, 3], neutral = true, log = console.log } = {}) {
  const means = { weights: new Mean(), transitions: new Mean() };
  for (const seed of seeds) {
    const { weights, transitions } = trainOnce({ count, epochs, seed, neutral, log });
    means.weights.add(weights);
    means.transitions.add(transitions);
  }
  return { weights: means.weights.get(), transitions: means.transitions.get() };
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      trainings: { type: 'string', default: '3' },
      texts: { type: 'string', default: '25000' },
      epochs: { type: 'string', default: '3' },
    },
  });
  const seeds = Array.from({ length: Number(values.trainings) }, (_, index) => Number(values.seed) + index);
  const weights = train({ count: Number(values.texts), epochs: Number(values.epochs), seeds });
  writeFileSync(TARGET, packWeights(quantized(weights)));
}
