import type { Value } from './finding.js';

const LONGEST = 48;
const MOST = 10_000;

/**
 * Short values in which a search of one document has found nothing: keys, states and amounts stand in a table again and
 * again, and what is found in a value depends on it, its labels and the votes of its column alone.
 */
export class PlainValues {
  readonly #byLabels = new Map<readonly string[], Set<string>>();
  readonly #keys = new Set<string>();
  #size = 0;

  has(value: Value): boolean {
    if (value.text.length > LONGEST) return false;
    return value.isKey === true
      ? this.#keys.has(value.text)
      : (this.#byLabels.get(value.votes ?? value.labels)?.has(value.text) ?? false);
  }

  add(value: Value): void {
    if (value.text.length > LONGEST || this.#size >= MOST) return;
    this.#size++;
    if (value.isKey === true) {
      this.#keys.add(value.text);
      return;
    }
    // Votes belong to one column, and so to one list of labels.
    const labels = value.votes ?? value.labels;
    const texts = this.#byLabels.get(labels) ?? new Set();
    texts.add(value.text);
    this.#byLabels.set(labels, texts);
  }
}
