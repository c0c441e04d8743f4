// How good weights are: on texts of templates that no training saw, and on prose of the repository that none saw either.
import { measures, Tally } from '../../bench/pii-scores.mjs';
import { createRandom } from '../../bench/random.mjs';
import { decimals, table } from '../../bench/report.mjs';
import { FAVOUR, KNEE } from '../../dist/redaction/engine/names/tagger/entity-rules.js';
import {
  beginOf,
  insideOf,
  isInside,
  OUTSIDE,
  TAGGED_TYPES,
  typeOf,
} from '../../dist/redaction/engine/names/tagger/labels.js';
import { Model } from '../../dist/redaction/engine/names/tagger/model.js';
import { Tokens } from '../../dist/redaction/engine/names/tagger/tokens.js';
import { estranged } from './estrange.mjs';
import { labelledTexts, neutralTexts } from './generate.mjs';

const SEED = 7_919;
const PROSE_UNIT = 10_000;

/** What the tagger alone finds in tokens, without the engine's rules about names and addresses. */
function* found(model, tokens) {
  model.label(tokens, 0, tokens.count, FAVOUR);
  const labels = model.labels.slice(0, tokens.count);
  model.weigh(0, tokens.count);
  for (let i = 0; i < tokens.count; i++) {
    if (labels[i] === OUTSIDE || isInside(labels[i])) continue;
    const kind = typeOf(labels[i]);
    let sum = Math.log(model.likelihood(i, beginOf(kind)));
    let end = i + 1;
    for (; end < tokens.count && labels[end] === insideOf(kind); end++)
      sum += Math.log(model.likelihood(end, insideOf(kind)));
    if (Math.exp(sum / (end - i)) < KNEE) continue;
    yield { type: TAGGED_TYPES[kind], start: tokens.starts[i], end: tokens.ends[end - 1] };
  }
}

/** Offsets in code points, as scores are reckoned. */
function inCodePoints(text, spans) {
  const at = (offset) => [...text.slice(0, offset)].length;
  return [...spans].map(({ type, start, end }) => ({ type, start: at(start), end: at(end) }));
}

/**
 * F2 by type and without regard to types, and false people a page of prose.
 * @param weights as the engine loads them
 */
export function measureWeights(weights, { count = 3_000 } = {}) {
  const model = new Model(weights);
  const tokens = new Tokens();
  const random = createRandom(SEED);
  const tally = new Tally();
  const texts = labelledTexts(SEED, 'held-out');
  for (let i = 0; i < count; i++) {
    const { text, spans } = texts.next().value;
    tokens.read(text, 0, text.length);
    estranged(tokens, spans, random);
    tally.add(text, inCodePoints(text, spans), inCodePoints(text, found(model, tokens)));
  }
  const types = new Map(tally.types);
  const scores = Object.fromEntries([...types].map(([type, counts]) => [type, measures(counts).f2]));
  return {
    ...scores,
    'any type': measures(tally.blind).f2,
    'false people in 10 kB': falsePeople(model, tokens),
  };
}

function falsePeople(model, tokens) {
  let people = 0;
  let bytes = 0;
  for (const text of neutralTexts('held-out')) {
    bytes += Buffer.byteLength(text);
    tokens.read(text, 0, text.length);
    for (const { type } of found(model, tokens)) if (type === 'PERSON') people++;
  }
  return (people * PROSE_UNIT) / bytes;
}

/** Mean and standard deviation of a sample (Bessel's correction). */
function spreadOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

/** The figures of single trainings, their spread, and those of the weights that are the mean of all. */
export function figuresTable(seeds, singles, mean) {
  const names = Object.keys(mean);
  const rows = names.map((name) => {
    const values = singles.map((single) => single[name]);
    const { mean: average, deviation } = spreadOf(values);
    return [
      name,
      ...values.map((value) => decimals(value, 3)),
      `${decimals(average, 3)} ± ${decimals(deviation, 3)}`,
      decimals(mean[name], 3),
    ];
  });
  return table(['F2', ...seeds.map((seed) => `seed ${seed}`), 'mean ± deviation', 'shipped'], rows);
}
