import { tooManyFindings } from '../engine/engine-error.js';
import { MOST_FINDINGS } from '../engine/finding.js';
import { FoldedText, foldLiteral } from '../engine/occurrences/folded-text.js';
import type { Stretch } from '../engine/occurrences/stretch.js';
import { slicesOf, type TextSlice } from '../engine/occurrences/text-slices.js';

interface State {
  readonly next: Map<number, State>;
  failure: State | undefined;
  /** Length of the longest term that ends here; 0 when none does. */
  length: number;
}

const SLICE_STEPS = 32_768;

const newState = (): State => ({ next: new Map(), failure: undefined, length: 0 });

/**
 * Terms that are found wherever they stand, inside of words too: in any case, across any white space, whatever soft
 * hyphens are between (see {@link FoldedText}). One pass whatever their number (Aho and Corasick, CACM 1975).
 */
export class SearchTerms {
  readonly #root = newState();
  #longest = 0;

  /** Terms of white space alone are none. */
  constructor(terms: Iterable<string>) {
    for (const term of terms) this.#insert(foldLiteral(term));
    this.#link();
  }

  get isEmpty(): boolean {
    return this.#root.next.size === 0;
  }

  /**
   * Sorted by start, those that overlap joined into one. Yields every 32 Ki steps.
   * @throws EngineInputError `TOO_MANY_FINDINGS`
   */
  *find(source: string): Generator<void, Stretch[]> {
    if (this.isEmpty || source === '') return [];
    const found: Stretch[] = [];
    for (const slice of slicesOf(source, this.#longest)) {
      yield* this.#findIn(slice, found);
      if (found.length > MOST_FINDINGS) throw tooManyFindings();
    }
    return found;
  }

  *#findIn({ text, offset }: TextSlice, found: Stretch[]): Generator<void, void> {
    const folded = new FoldedText(text);
    let state = this.#root;
    for (let at = 0; at < folded.text.length; at++) {
      state = this.#step(state, folded.text.charCodeAt(at));
      if (state.length > 0) {
        const { start, end } = folded.sourceOf(at + 1 - state.length, at + 1);
        join(found, { start: start + offset, end: end + offset });
      }
      if (at % SLICE_STEPS === SLICE_STEPS - 1) yield;
    }
    folded.release();
  }

  #insert(term: string): void {
    if (term === '') return;
    let state = this.#root;
    for (let at = 0; at < term.length; at++) {
      const code = term.charCodeAt(at);
      const next = state.next.get(code) ?? newState();
      state.next.set(code, next);
      state = next;
    }
    state.length = term.length;
    this.#longest = Math.max(this.#longest, term.length);
  }

  #link(): void {
    const queue: State[] = [this.#root];
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? this.#root;
      for (const [code, next] of state.next) {
        next.failure = state === this.#root ? this.#root : this.#step(state.failure ?? this.#root, code);
        if (next.length === 0) next.length = next.failure.length;
        queue.push(next);
      }
    }
  }

  #step(from: State, code: number): State {
    for (let state: State | undefined = from; state !== undefined; state = state.failure) {
      const next = state.next.get(code);
      if (next !== undefined) return next;
    }
    return this.#root;
  }
}

/** Stretches come by their ends, so a longer one may swallow several before it. */
function join(found: Stretch[], stretch: Stretch): void {
  let { start, end } = stretch;
  for (let last = found.at(-1); last !== undefined && last.end > start; last = found.at(-1)) {
    start = Math.min(start, last.start);
    end = Math.max(end, last.end);
    found.pop();
  }
  found.push({ start, end });
}
