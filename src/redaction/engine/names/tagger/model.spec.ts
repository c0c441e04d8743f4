import { FEATURE_COUNT, ROW_BITS, writeFeatures } from './features.js';
import { LABEL_COUNT, mayFollow, OUTSIDE } from './labels.js';
import { Model, STRIDE } from './model.js';
import { warmTagger } from './named-entities.js';
import { Tokens } from './tokens.js';

/** Repeatable numbers (Numerical Recipes' linear congruence), enough to make weights of. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SCALE = 0.02;

function randomModel(seed: number) {
  const next = numbers(seed);
  const rows = new Int8Array(STRIDE << ROW_BITS);
  for (let at = 0; at < rows.length; at++) rows[at] = Math.round(next() * 20 - 10);
  const transitions = Float32Array.from({ length: LABEL_COUNT ** 2 }, (_, at) =>
    mayFollow(Math.floor(at / LABEL_COUNT), at % LABEL_COUNT) ? next() * 2 - 1 : Number.NEGATIVE_INFINITY,
  );
  return { model: new Model({ rows, scale: SCALE, transitions }), rows, transitions };
}

function tokensOf(text: string): Tokens {
  const tokens = new Tokens();
  tokens.read(text, 0, text.length);
  return tokens;
}

describe('the labels of a sequence', () => {
  it('are never inside of what has not begun, and likelihoods of one token sum to 1', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { model } = randomModel(seed);
      const tokens = tokensOf('Dr. Anna Lee of 12 Oak Street, Lyon');
      model.label(tokens, 0, tokens.count, 1);
      const labels = [...model.labels.subarray(0, tokens.count)];
      for (const [at, label] of labels.entries())
        expect(mayFollow(at === 0 ? OUTSIDE : (labels[at - 1] ?? OUTSIDE), label)).toBe(true);
      model.weigh(0, tokens.count);
      for (let i = 0; i < tokens.count; i++) {
        const sum = Array.from({ length: LABEL_COUNT }, (_, y) => model.likelihood(i, y)).reduce(
          (a, b) => a + b,
        );
        expect(sum).toBeCloseTo(1, 9);
      }
    }
  });

  it('are those of all sequences, counted one by one', () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { model, rows, transitions } = randomModel(seed);
      const tokens = tokensOf('Anna Lee');
      const [first, second] = [0, 1].map((i) => scoresOf(tokens, i, rows));
      const weight = (x: number, y: number): number =>
        Math.exp(
          (transitions[x] ?? 0) +
            (first?.[x] ?? 0) +
            (transitions[x * LABEL_COUNT + y] ?? 0) +
            (second?.[y] ?? 0),
        );
      const labels = Array.from({ length: LABEL_COUNT }, (_, label) => label);
      const total = labels.flatMap((x) => labels.map((y) => weight(x, y))).reduce((a, b) => a + b);
      model.label(tokens, 0, 2, 0);
      const [best = 0, behind = 0] = model.labels;
      for (const x of labels)
        for (const y of labels) expect(weight(x, y)).toBeLessThanOrEqual(weight(best, behind));
      model.weigh(0, 2);
      for (const x of labels) {
        const share = labels.map((y) => weight(x, y)).reduce((a, b) => a + b) / total;
        expect(model.likelihood(0, x)).toBeCloseTo(share, 9);
        const shareBehind = labels.map((y) => weight(y, x)).reduce((a, b) => a + b) / total;
        expect(model.likelihood(1, x)).toBeCloseTo(shareBehind, 9);
      }
    }
  });

  it('are as likely when only the stretch around them is looked at', () => {
    const model = warmTagger();
    const tokens = tokensOf(
      'The committee met twice; then Dr. Anna Lee of 12 Oak Street, Lyon, spoke, and the valves were opened before Omar left.',
    );
    model.label(tokens, 0, tokens.count, 0.5);
    model.weigh(0, tokens.count);
    const labels = [...model.labels.subarray(0, tokens.count)];
    const whole = labels.map((label, i) => model.likelihood(i, label));
    const found = labels.flatMap((label, i) => (label === OUTSIDE ? [] : [i]));
    expect(found.length).toBeGreaterThan(5);
    for (const i of found) {
      model.weigh(i, i + 1);
      expect(model.likelihood(i, labels[i] ?? 0)).toBeCloseTo(whole[i] ?? 0, 3);
    }
  });
});

/** What the features of a token speak for each label. */
function scoresOf(tokens: Tokens, i: number, rows: Int8Array): number[] {
  const features = new Int32Array(FEATURE_COUNT);
  writeFeatures(tokens, i, features, 0);
  return Array.from({ length: LABEL_COUNT }, (_, y) =>
    [...features].reduce((sum, row) => sum + (rows[row * STRIDE + y] ?? 0) * SCALE, 0),
  );
}
