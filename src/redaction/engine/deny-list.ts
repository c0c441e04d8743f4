import { isWord } from './characters.js';
import { tooManyFindings } from './engine-error.js';
import { MOST_FINDINGS } from './finding.js';
import { Rank } from './rule.js';
import type { Candidate } from './scan.js';

interface State {
  readonly next: Map<number, State>;
  failure: State | undefined;
  /** Length of the entry that ends here; 0 when none does. */
  length: number;
  /** Nearest state on the failure path at which a shorter entry ends. */
  shorter: State | undefined;
}

const SLICE_STEPS = 32_768;
const EXPLANATION = { recognizer: 'deny-list', rule: 'literal', baseScore: 1 };

function newState(): State {
  return { next: new Map(), failure: undefined, length: 0, shorter: undefined };
}

/**
 * Literal texts that are always reported, found in one pass whatever their number (Aho and Corasick, "Efficient
 * String Matching", CACM 1975). An entry that begins or ends with a word character matches only where no word
 * character adjoins it there.
 */
export class DenyList {
  readonly #root: State = newState();

  constructor(entries: Iterable<string>) {
    for (const entry of entries) this.#insert(entry);
    this.#linkFailures();
  }

  get isEmpty(): boolean {
    return this.#root.next.size === 0;
  }

  /**
   * The longest entry that ends at each place; scores 1. Yields every 32 Ki steps.
   * @throws EngineInputError `TOO_MANY_FINDINGS`
   */
  *find(text: string): Generator<void, Candidate[]> {
    const candidates: Candidate[] = [];
    let state = this.#root;
    let left = SLICE_STEPS;
    for (let at = 0; at < text.length; at++) {
      state = this.#step(state, text.charCodeAt(at));
      const end = at + 1;
      const { length, steps } = longestAt(state, text, end);
      if (length > 0) candidates.push(this.#candidate(end - length, end));
      left -= 1 + steps;
      if (left > 0) continue;
      if (candidates.length > MOST_FINDINGS) throw tooManyFindings();
      left = SLICE_STEPS;
      yield;
    }
    return candidates;
  }

  #candidate(start: number, end: number): Candidate {
    return { type: 'DENY_LIST', start, end, score: 1, explanation: EXPLANATION, rank: Rank.Asked };
  }

  #insert(entry: string): void {
    if (entry === '') return;
    let state = this.#root;
    for (let at = 0; at < entry.length; at++) {
      const code = entry.charCodeAt(at);
      const next = state.next.get(code) ?? newState();
      state.next.set(code, next);
      state = next;
    }
    state.length = entry.length;
  }

  #linkFailures(): void {
    const queue: State[] = [this.#root];
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? this.#root;
      for (const [code, next] of state.next) {
        next.failure = state === this.#root ? this.#root : this.#step(state.failure ?? this.#root, code);
        next.shorter = next.failure.length > 0 ? next.failure : next.failure.shorter;
        queue.push(next);
      }
    }
  }

  #step(from: State, code: number): State {
    let state = from;
    for (;;) {
      const next = state.next.get(code);
      if (next !== undefined) return next;
      if (state.failure === undefined) return this.#root;
      state = state.failure;
    }
  }
}

function longestAt(state: State, text: string, end: number): { length: number; steps: number } {
  let steps = 0;
  for (let at: State | undefined = state; at !== undefined; at = at.shorter) {
    if (at.length > 0 && hasEdges(text, end - at.length, end)) return { length: at.length, steps };
    steps++;
  }
  return { length: 0, steps };
}

function hasEdges(text: string, start: number, end: number): boolean {
  const opens = start === 0 || !isWord(text.charCodeAt(start)) || !isWord(text.charCodeAt(start - 1));
  const closes = end >= text.length || !isWord(text.charCodeAt(end - 1)) || !isWord(text.charCodeAt(end));
  return opens && closes;
}
