// Training of a linear-chain conditional random field by stochastic gradients with AdaGrad (Duchi, Hazan, Singer 2011).
import { createRandom } from '../../bench/random.mjs';

const logSum = (values, count) => {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) if (values[i] > most) most = values[i];
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(values[i] - most);
  return most + Math.log(sum);
};

export class Trainer {
  constructor({ rowCount, noRow, stride, labels, features, mayFollow, rate = 0.15, decay = 1e-7 }) {
    Object.assign(this, { noRow, stride, labels, features, rate, decay });
    this.weights = new Float32Array(rowCount * stride);
    this.squares = new Float32Array(rowCount * stride).fill(1e-2);
    this.transitions = new Float32Array(labels * labels);
    this.transitionSquares = new Float32Array(labels * labels).fill(1e-2);
    this.allowed = new Uint8Array(labels * labels);
    for (let x = 0; x < labels; x++)
      for (let y = 0; y < labels; y++) {
        this.allowed[x * labels + y] = mayFollow(x, y) ? 1 : 0;
        if (!mayFollow(x, y)) this.transitions[x * labels + y] = Number.NEGATIVE_INFINITY;
      }
    this.#reserve(512);
  }

  #reserve(size) {
    this.size = size;
    this.scores = new Float64Array(size * this.labels);
    this.forward = new Float64Array(size * this.labels);
    this.backward = new Float64Array(size * this.labels);
  }

  /** One step on one sequence: rows of its features, and its labels. Returns the loss, in nats. */
  step(rows, gold) {
    const { labels: L, features: F, stride, weights, transitions } = this;
    const n = gold.length;
    if (n > this.size) this.#reserve(n * 2);
    const { scores, forward, backward } = this;
    for (let i = 0; i < n; i++) {
      for (let y = 0; y < L; y++) scores[i * L + y] = 0;
      for (let f = 0; f < F; f++) {
        const row = rows[i * F + f] * stride;
        for (let y = 0; y < L; y++) scores[i * L + y] += weights[row + y];
      }
    }
    const buffer = new Float64Array(L);
    for (let i = 0; i < n; i++)
      for (let y = 0; y < L; y++) {
        if (i === 0) forward[y] = transitions[y] + scores[y];
        else {
          for (let x = 0; x < L; x++) buffer[x] = forward[(i - 1) * L + x] + transitions[x * L + y];
          forward[i * L + y] = logSum(buffer, L) + scores[i * L + y];
        }
      }
    for (let i = n - 1; i >= 0; i--)
      for (let x = 0; x < L; x++) {
        if (i === n - 1) backward[i * L + x] = 0;
        else {
          for (let y = 0; y < L; y++)
            buffer[y] = transitions[x * L + y] + scores[(i + 1) * L + y] + backward[(i + 1) * L + y];
          backward[i * L + x] = logSum(buffer, L);
        }
      }
    const total = logSum(forward.subarray((n - 1) * L, n * L), L);
    let loss = total;
    for (let i = 0; i < n; i++) {
      loss -= scores[i * L + gold[i]];
      loss -= transitions[(i === 0 ? 0 : gold[i - 1]) * L + gold[i]];
    }
    this.#update(rows, gold, total);
    return loss;
  }

  #update(rows, gold, total) {
    const { labels: L, features: F, stride, scores, forward, backward } = this;
    const n = gold.length;
    const gradient = new Float64Array(L);
    for (let i = 0; i < n; i++) {
      let wrong = 0;
      for (let y = 0; y < L; y++) {
        const p = Math.exp(forward[i * L + y] + backward[i * L + y] - total);
        gradient[y] = p - (gold[i] === y ? 1 : 0);
        wrong = Math.max(wrong, Math.abs(gradient[y]));
      }
      if (wrong < 1e-3) continue;
      for (let f = 0; f < F; f++)
        if (rows[i * F + f] !== this.noRow) this.#move(rows[i * F + f] * stride, gradient);
    }
    for (let i = 0; i < n; i++) {
      const before = i === 0 ? 0 : gold[i - 1];
      for (let x = 0; x < L; x++) {
        if (i === 0 && x > 0) break;
        for (let y = 0; y < L; y++) {
          if (!this.allowed[x * L + y]) continue;
          const left = i === 0 ? 0 : forward[(i - 1) * L + x];
          const p = Math.exp(
            left + this.transitions[x * L + y] + scores[i * L + y] + backward[i * L + y] - total,
          );
          const g = p - (before === x && gold[i] === y ? 1 : 0);
          const at = x * L + y;
          this.transitionSquares[at] += g * g;
          this.transitions[at] -= (this.rate * g) / Math.sqrt(this.transitionSquares[at]);
        }
      }
    }
  }

  #move(row, gradient) {
    const { labels: L, weights, squares, rate, decay } = this;
    for (let y = 0; y < L; y++) {
      const g = gradient[y] + decay * weights[row + y];
      squares[row + y] += g * g;
      weights[row + y] -= (rate * g) / Math.sqrt(squares[row + y]);
    }
  }
}

/** The mean of weights over the last steps of a training (Polyak, Juditsky 1992): steadier than the last ones alone. */
export class Mean {
  #sum;
  #count = 0;

  add(weights) {
    this.#sum ??= new Float64Array(weights.length);
    for (let i = 0; i < weights.length; i++) this.#sum[i] += weights[i];
    this.#count++;
  }

  get() {
    return Float32Array.from(this.#sum, (sum) => sum / this.#count);
  }
}

/** A shuffled order of `count` things. */
export function shuffled(count, seed) {
  const random = createRandom(seed);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
