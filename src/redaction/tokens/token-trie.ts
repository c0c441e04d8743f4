import { isAlphanumeric } from '../engine/characters.js';

/** A character code with ASCII capitals in place of small letters: no other letter counts as one of these. */
const folded = (code: number): number => (code >= 97 && code <= 122 ? code - 32 : code);

interface State<T> {
  readonly next: Map<number, State<T>>;
  /** What a token that ends here stands for. */
  meaning: T | undefined;
}

/** A token that stands at a place. */
export interface FoundToken<T> {
  readonly end: number;
  readonly meaning: T;
}

/** Tokens, told from all else as whole words in any case. */
export class TokenTrie<T> {
  readonly #root: State<T> = { next: new Map(), meaning: undefined };
  /** Whether a token begins with an ASCII character, by its code. */
  readonly #first = new Uint8Array(128);

  /** @param tokens as `formatToken` writes them, and what each stands for */
  constructor(tokens: Iterable<readonly [token: string, meaning: T]>) {
    for (const [token, meaning] of tokens) this.#add(token, meaning);
  }

  beginsWith(code: number): boolean {
    return this.#first[code] === 1;
  }

  /**
   * The token that stands at `start`, where a word must begin; `partial` when what stands there up to the text's end may
   * be, or go on to be, one; undefined when there is none.
   * @param isLast no more text comes
   */
  match(text: string, start: number, isLast: boolean): FoundToken<T> | 'partial' | undefined {
    let state = this.#root;
    let end = start;
    for (; end < text.length; end++) {
      const next = state.next.get(folded(text.charCodeAt(end)));
      if (next === undefined) break;
      state = next;
    }
    if (end === text.length && !isLast) return 'partial';
    if (state.meaning === undefined) return undefined;
    return end < text.length && isAlphanumeric(text.charCodeAt(end))
      ? undefined
      : { end, meaning: state.meaning };
  }

  /** Whether a whole token stands at `start` up to the text's end, and no longer one begins like it. */
  endsSurely(text: string, start: number): boolean {
    let state: State<T> | undefined = this.#root;
    for (let at = start; at < text.length && state; at++) state = state.next.get(folded(text.charCodeAt(at)));
    return state?.meaning !== undefined && state.next.size === 0;
  }

  #add(token: string, meaning: T): void {
    let state = this.#root;
    for (let at = 0; at < token.length; at++) {
      const code = folded(token.charCodeAt(at));
      const next = state.next.get(code) ?? { next: new Map(), meaning: undefined };
      state.next.set(code, next);
      state = next;
    }
    state.meaning = meaning;
    const first = folded(token.charCodeAt(0));
    this.#first[first] = 1;
    if (first >= 65 && first <= 90) this.#first[first + 32] = 1;
  }
}
