import { isAlphanumeric } from '../engine/characters.js';
import { JOINER } from './token-form.js';
import type { TokenTrie } from './token-trie.js';

const ZERO = 48;
const JOINER_CODE = JOINER.charCodeAt(0);

/** What a text that comes in pieces is made of. */
export interface TokenSink<T> {
  text(text: string): void;
  /** @param spelled the token as it stands in the text */
  token(meaning: T, spelled: string): void;
  /**
   * The character before what comes next, where what has been handed on is read otherwise than it is written; undefined where
   * it is not.
   */
  characterBefore?(): number | undefined;
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/**
 * Finds tokens in a text that comes in pieces cut anywhere, as if it came at once: in one pass, and holding back no more
 * than may still become a token. A token's borders are those that `Restorer` sees, and the joiners beside it go with it.
 * The first half of a surrogate pair waits for the second, so that no piece ends in between.
 */
export class TokenStream<T> {
  readonly #trie: TokenTrie<T>;
  readonly #sink: TokenSink<T>;
  #held = '';
  /** The character before what is held; NaN at the beginning. */
  #before = Number.NaN;

  constructor(trie: TokenTrie<T>, sink: TokenSink<T>) {
    this.#trie = trie;
    this.#sink = sink;
  }

  /** What has come and was not handed on. */
  get held(): string {
    return this.#held;
  }

  push(piece: string): void {
    this.#read(this.#held + piece, false);
  }

  /** The text is over; what comes next begins a new one. */
  end(): void {
    this.#read(this.#held, true);
    this.#before = Number.NaN;
  }

  /** Whether what is held is a token that nothing can make longer, though its border has not come. */
  get holdsToken(): boolean {
    const start = this.#held.charCodeAt(0) === JOINER_CODE ? 1 : 0;
    return this.#held.length > start && this.#trie.endsSurely(this.#held, start);
  }

  #read(text: string, isLast: boolean): void {
    let copied = 0;
    let at = 0;
    let held = text.length;
    while (at < text.length) {
      const start = this.#startAt(text, at, isLast);
      if (start === undefined) {
        at++;
        continue;
      }
      if (start === at && this.#touchesWord(text, at)) {
        if (at > copied) this.#sink.text(text.slice(copied, at));
        copied = at;
        if (isAlphanumeric(this.#sink.characterBefore?.() ?? ZERO)) {
          at++;
          continue;
        }
      }
      const found = start === text.length ? 'partial' : this.#trie.match(text, start, isLast);
      if (found === 'partial') {
        held = at;
        break;
      }
      if (found === undefined) {
        at++;
        continue;
      }
      if (at > copied) this.#sink.text(text.slice(copied, at));
      this.#sink.token(found.meaning, text.slice(start, found.end));
      at = text.charCodeAt(found.end) === JOINER_CODE ? found.end + 1 : found.end;
      copied = at;
    }
    if (!isLast && held === text.length && held > copied && isHighSurrogate(text.charCodeAt(held - 1)))
      held--;
    if (held > copied)
      this.#sink.text(copied === 0 && held === text.length ? text : text.slice(copied, held));
    if (held > 0) this.#before = text.charCodeAt(held - 1);
    this.#held = held === text.length ? '' : text.slice(held);
  }

  /** Where a token may start that begins, joiner included, at `at`; the text's end when only more text can tell. */
  #startAt(text: string, at: number, isLast: boolean): number | undefined {
    const code = text.charCodeAt(at);
    if (code === JOINER_CODE) {
      if (at + 1 === text.length) return isLast ? undefined : text.length;
      return this.#trie.beginsWith(text.charCodeAt(at + 1)) ? at + 1 : undefined;
    }
    if (!this.#trie.beginsWith(code)) return undefined;
    return this.#touchesWord(text, at) && this.#sink.characterBefore?.() === undefined ? undefined : at;
  }

  /** Whether a letter or digit is written before a place. */
  #touchesWord(text: string, at: number): boolean {
    return isAlphanumeric(at === 0 ? this.#before : text.charCodeAt(at - 1));
  }
}
