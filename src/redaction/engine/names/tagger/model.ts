import { FEATURE_COUNT, ROW_BITS, writeFeatures } from './features.js';
import { LABEL_COUNT, OUTSIDE } from './labels.js';
import type { Tokens } from './tokens.js';

/** Weights of a row lie 16 apart, so that a row never crosses a line of the cache. */
export const STRIDE = 16;
/** How much more a token must speak for none than for any label, in nats, that no neighbour can make up for it. */
const PLAIN_MARGIN = 9;

/** A trained tagger: a weight for each row and label, and for each label behind another. */
export interface Weights {
  /** `2^ROW_BITS × STRIDE` weights, in units of `scale`. */
  readonly rows: Int8Array;
  readonly scale: number;
  /** `LABEL_COUNT × LABEL_COUNT`, from × to; negative infinity where a label may not follow. */
  readonly transitions: Float32Array;
}

/**
 * Labels tokens by a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001): the most likely sequence
 * (Viterbi), and how likely each label is by itself (forward and backward sums).
 */
export class Model {
  readonly #weights: Weights;
  readonly #steps: Float64Array;
  #capacity = 0;
  #scores = new Float64Array(0);
  #factors = new Float64Array(0);
  #forward = new Float64Array(0);
  #backward = new Float64Array(0);
  #back = new Uint8Array(0);
  #plain = new Uint8Array(0);
  #count = 0;
  #from = 0;
  #to = 0;
  readonly #rows = new Int32Array(FEATURE_COUNT);
  readonly #best = new Float64Array(LABEL_COUNT);
  readonly #next = new Float64Array(LABEL_COUNT);
  /** Of the last call, by token: its label. */
  labels = new Uint8Array(0);

  constructor(weights: Weights) {
    if (weights.rows.length !== STRIDE << ROW_BITS) throw new RangeError('weights of another size');
    this.#weights = weights;
    this.#steps = Float64Array.from(weights.transitions, Math.exp);
  }

  /**
   * Labels the tokens from `from` to `to` as one sequence that begins and ends outside.
   * @param favour added to every label but `OUTSIDE`: above 0 more is found, and more of it wrongly
   */
  label(tokens: Tokens, from: number, to: number, favour: number): void {
    const count = to - from;
    this.#count = count;
    this.#from = this.#to = 0;
    this.#reserve(count);
    for (let i = 0; i < count; i++) this.#score(tokens, from + i, i);
    this.#viterbi(count, favour);
  }

  /**
   * Prepares `likelihood` for some tokens of the last `label`. Others are summed up only as far as the next token on either
   * side that is plainly none: what stands behind it does not matter.
   */
  weigh(first: number, end: number): void {
    let from = first;
    while (from > 0 && this.#plain[from - 1] === 0) from--;
    let to = end;
    while (to < this.#count && this.#plain[to] === 0) to++;
    if (from === this.#from && to === this.#to) return;
    this.#from = from;
    this.#to = to;
    const [scores, factors] = [this.#scores, this.#factors];
    for (let i = from; i < to; i++) {
      const at = i * LABEL_COUNT;
      let most = Number.NEGATIVE_INFINITY;
      for (let y = 0; y < LABEL_COUNT; y++) most = Math.max(most, scores[at + y] as number);
      for (let y = 0; y < LABEL_COUNT; y++) factors[at + y] = Math.exp((scores[at + y] as number) - most);
    }
    this.#sumForward(from, to);
    this.#sumBackward(from, to);
  }

  /** How likely token `i` of the last `weigh` has the label, 0 to 1. */
  likelihood(i: number, label: number): number {
    const at = i * LABEL_COUNT;
    let sum = 0;
    for (let y = 0; y < LABEL_COUNT; y++)
      sum += (this.#forward[at + y] as number) * (this.#backward[at + y] as number);
    const own = (this.#forward[at + label] as number) * (this.#backward[at + label] as number);
    return sum > 0 ? own / sum : 0;
  }

  #reserve(count: number): void {
    if (count <= this.#capacity) return;
    this.#capacity = Math.max(256, count * 2);
    const size = this.#capacity * LABEL_COUNT;
    this.#scores = new Float64Array(size);
    this.#factors = new Float64Array(size);
    this.#forward = new Float64Array(size);
    this.#backward = new Float64Array(size);
    this.#back = new Uint8Array(size);
    this.#plain = new Uint8Array(this.#capacity);
    this.labels = new Uint8Array(this.#capacity);
  }

  #score(tokens: Tokens, token: number, i: number): void {
    const { rows: weights, scale } = this.#weights;
    const rows = this.#rows;
    writeFeatures(tokens, token, rows, 0);
    // One variable a label: sums in an array cost twice the time, and this loop is a fifth of all there is to do.
    let [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let f = 0; f < FEATURE_COUNT; f++) {
      const row = (rows[f] as number) * STRIDE;
      s0 += weights[row] as number;
      s1 += weights[row + 1] as number;
      s2 += weights[row + 2] as number;
      s3 += weights[row + 3] as number;
      s4 += weights[row + 4] as number;
      s5 += weights[row + 5] as number;
      s6 += weights[row + 6] as number;
      s7 += weights[row + 7] as number;
      s8 += weights[row + 8] as number;
      s9 += weights[row + 9] as number;
      s10 += weights[row + 10] as number;
      s11 += weights[row + 11] as number;
      s12 += weights[row + 12] as number;
    }
    const sums = this.#scores;
    const at = i * LABEL_COUNT;
    sums[at] = s0 * scale;
    sums[at + 1] = s1 * scale;
    sums[at + 2] = s2 * scale;
    sums[at + 3] = s3 * scale;
    sums[at + 4] = s4 * scale;
    sums[at + 5] = s5 * scale;
    sums[at + 6] = s6 * scale;
    sums[at + 7] = s7 * scale;
    sums[at + 8] = s8 * scale;
    sums[at + 9] = s9 * scale;
    sums[at + 10] = s10 * scale;
    sums[at + 11] = s11 * scale;
    sums[at + 12] = s12 * scale;
  }

  /** Where none is more likely by far than any label, no other is looked at: so it is for most tokens. */
  #viterbi(count: number, favour: number): void {
    const { transitions } = this.#weights;
    const [scores, back, plain] = [this.#scores, this.#back, this.#plain];
    let [best, next] = [this.#best, this.#next];
    best.fill(Number.NEGATIVE_INFINITY);
    best[OUTSIDE] = 0;
    let reached = 1;
    for (let i = 0; i < count; i++) {
      const at = i * LABEL_COUNT;
      plain[i] = this.#isPlain(at) ? 1 : 0;
      const width = plain[i] === 1 ? 1 : LABEL_COUNT;
      for (let y = 0; y < width; y++) {
        let most = Number.NEGATIVE_INFINITY;
        let from = 0;
        for (let x = 0; x < reached; x++) {
          const sum = (best[x] as number) + (transitions[x * LABEL_COUNT + y] as number);
          if (sum > most) {
            most = sum;
            from = x;
          }
        }
        next[y] = most + (scores[at + y] as number) + (y === OUTSIDE ? 0 : favour);
        back[at + y] = from;
      }
      reached = width;
      const spare = best;
      best = next;
      next = spare;
    }
    let label = OUTSIDE;
    for (let y = 0; y < reached; y++) if ((best[y] as number) > (best[label] as number)) label = y;
    for (let i = count - 1; i >= 0; i--) {
      this.labels[i] = label;
      label = back[i * LABEL_COUNT + label] as number;
    }
  }

  #isPlain(at: number): boolean {
    const scores = this.#scores;
    const limit = (scores[at] as number) - PLAIN_MARGIN;
    for (let y = 1; y < LABEL_COUNT; y++) if ((scores[at + y] as number) > limit) return false;
    return true;
  }

  #sumForward(from: number, to: number): void {
    const [steps, factors, forward] = [this.#steps, this.#factors, this.#forward];
    for (let i = from; i < to; i++) {
      const at = i * LABEL_COUNT;
      let total = 0;
      for (let y = 0; y < LABEL_COUNT; y++) {
        let sum = 0;
        if (i === from) sum = steps[y] as number;
        else
          for (let x = 0; x < LABEL_COUNT; x++)
            sum += (forward[at - LABEL_COUNT + x] as number) * (steps[x * LABEL_COUNT + y] as number);
        total += forward[at + y] = sum * (factors[at + y] as number);
      }
      for (let y = 0; y < LABEL_COUNT; y++) forward[at + y] = (forward[at + y] as number) / total;
    }
  }

  #sumBackward(from: number, to: number): void {
    const [steps, factors, backward] = [this.#steps, this.#factors, this.#backward];
    for (let i = to - 1; i >= from; i--) {
      const at = i * LABEL_COUNT;
      let total = 0;
      for (let x = 0; x < LABEL_COUNT; x++) {
        let sum = i < to - 1 ? 0 : to === this.#count ? 1 : (steps[x * LABEL_COUNT + OUTSIDE] as number);
        if (i < to - 1)
          for (let y = 0; y < LABEL_COUNT; y++)
            sum +=
              (steps[x * LABEL_COUNT + y] as number) *
              (factors[at + LABEL_COUNT + y] as number) *
              (backward[at + LABEL_COUNT + y] as number);
        total += backward[at + x] = sum;
      }
      for (let x = 0; x < LABEL_COUNT; x++) backward[at + x] = (backward[at + x] as number) / total;
    }
  }
}
