import type { JudgedSpan } from './judge.js';
import type { Label } from './label-scheme.js';
import type { Token } from './tokenizer/tokenizer.js';

/** One word with what is said of it. */
interface Word {
  readonly start: number;
  readonly end: number;
  readonly label: Label;
  readonly score: number;
}

/**
 * What stands in a sentence by the probabilities of its tokens' labels. Those of a word are averaged, so that it has one label;
 * words of one type beside each other are one span unless a label begins another. Its score is the mean of its words'.
 * @param probabilities of every label, token after token
 */
export function spansOf(
  tokens: readonly Token[],
  probabilities: Float32Array,
  labels: readonly Label[],
): JudgedSpan[] {
  const spans: (JudgedSpan & { words: number })[] = [];
  let open = false;
  for (const { start, end, label, score } of wordsOf(tokens, probabilities, labels)) {
    const { type, place } = label;
    const last = spans.at(-1);
    if (type === undefined || end <= start) open &&= end <= start;
    else if (open && last?.type === type && place !== 'begin' && place !== 'single') {
      const words = last.words + 1;
      spans[spans.length - 1] = {
        ...last,
        end,
        words,
        score: last.score + (score - last.score) / words,
      };
      open = place !== 'end';
    } else {
      spans.push({ type, start, end, score, words: 1 });
      open = place !== 'end' && place !== 'single';
    }
  }
  return spans.map(({ words: _, ...span }) => span);
}

function wordsOf(tokens: readonly Token[], probabilities: Float32Array, labels: readonly Label[]): Word[] {
  const words: Word[] = [];
  for (let first = 0; first < tokens.length; ) {
    let next = first + 1;
    while (next < tokens.length && tokens[next]?.word === tokens[first]?.word) next++;
    const { id, score } = best(probabilities, labels.length, first, next);
    const label = labels[id];
    const start = tokens[first]?.start ?? 0;
    const end = tokens[next - 1]?.end ?? start;
    if (label) words.push({ start, end, label, score });
    first = next;
  }
  return words;
}

/** The label of tokens `first` to `next`, and its mean probability. */
function best(probabilities: Float32Array, labels: number, first: number, next: number) {
  let id = 0;
  let most = -1;
  for (let label = 0; label < labels; label++) {
    let sum = 0;
    for (let token = first; token < next; token++) sum += probabilities[token * labels + label] ?? 0;
    if (sum > most) [id, most] = [label, sum];
  }
  return { id, score: most / (next - first) };
}
