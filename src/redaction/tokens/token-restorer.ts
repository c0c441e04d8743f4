import { JOINER, readCode } from './token-form.js';
import { endsInType, type Sighting, sightTokens } from './token-sighting.js';

/** What a code stands for; no text when its value was erased. */
export interface Resolution {
  readonly type: string;
  readonly text: string | undefined;
}

/** Why a token was left as it stands. */
export type Unresolved = 'erased' | 'unknown' | 'malformed';

/** Most unresolved tokens that are listed; all are counted. */
const MOST_LISTED = 100;
/** Longest text listed: the longest token and a little more. */
const LONGEST_LISTED = 140;

/** Most characters of all values put back: few tokens can stand for much. */
export const MOST_RESTORED = 100 * 1024 * 1024;

/** More would be put back than one answer can hold. */
export class RestoredTooLargeError extends Error {
  override readonly name = 'RestoredTooLargeError';
}

/** Dashes that editors put in place of a hyphen, and what else comes in its place. */
const NEAR_DASH = /[-\u2010-\u2015\u2212]/;
const NEAR_SEPARATOR = /[-\u2010-\u2015\u2212_ .:]/;

const hasLetterAndDigit = (text: string): boolean => /[A-Za-z]/.test(text) && /[0-9]/.test(text);

/**
 * Puts values back in place of their tokens. A token counts only as a whole and only as it was issued, in any case:
 * what merely resembles one stays and is noted.
 */
export class Restorer {
  readonly #resolutions: ReadonlyMap<string, Resolution>;
  readonly #types: ReadonlySet<string>;
  readonly #listed = new Map<string, Unresolved>();
  #length = 0;
  /** Places where a value was put back. */
  restored = 0;
  /** Places where a token, or what resembles one, was left. */
  left = 0;

  /**
   * @param resolutions by code in capitals
   * @param types as clients see them: those whose tokens may stand here
   */
  constructor(resolutions: ReadonlyMap<string, Resolution>, types: Iterable<string>) {
    this.#resolutions = resolutions;
    this.#types = new Set([...types].map((type) => type.toUpperCase()));
  }

  /** The first of what was left, each once. */
  get listed(): { readonly token: string; readonly reason: Unresolved }[] {
    return [...this.#listed].map(([token, reason]) => ({ token, reason }));
  }

  /**
   * The text with values in place; undefined when it has no token. Gives way every 64 KiB.
   * @throws RestoredTooLargeError
   */
  *restore(text: string): Generator<void, string | undefined> {
    const pieces: string[] = [];
    let copied = 0;
    for (const batch of sightTokens(text)) {
      for (const sighting of batch) {
        const found = this.#resolve(sighting);
        if (found?.text === undefined) continue;
        const token = sighting.start - 1 - found.type.length;
        const from = token > copied && text[token - 1] === JOINER ? token - 1 : token;
        this.#charge(found.text.length);
        pieces.push(text.slice(copied, from), found.text);
        copied = text[sighting.end] === JOINER ? sighting.end + 1 : sighting.end;
      }
      yield;
    }
    return copied === 0 ? undefined : pieces.join('') + text.slice(copied);
  }

  #charge(length: number): void {
    this.#length += length;
    if (this.#length > MOST_RESTORED) throw new RestoredTooLargeError();
  }

  #resolve(sighting: Sighting): Resolution | undefined {
    const known = sighting.code === undefined ? undefined : this.#resolutions.get(sighting.code);
    const found = known && endsInType(sighting.head, known.type) ? known : undefined;
    if (found?.text !== undefined) this.restored++;
    else this.#note(sighting, found);
    return found;
  }

  #note(sighting: Sighting, erased: Resolution | undefined): void {
    const reason = erased ? 'erased' : this.#suspicion(sighting);
    if (reason === undefined) return;
    this.left++;
    if (this.#listed.size >= MOST_LISTED) return;
    const { head, separator, run } = sighting;
    const type = erased?.type ?? this.#typeIn(head);
    const shown = type === undefined ? head : head.slice(-type.length);
    this.#listed.set(`${shown}${separator}${run}`.slice(0, LONGEST_LISTED), reason);
  }

  /** What is wrong with a text that resembles a token; undefined when it does not. */
  #suspicion({ head, separator, run, code }: Sighting): Unresolved | undefined {
    if (!hasLetterAndDigit(run)) return undefined;
    const typed = this.#typeIn(head) !== undefined;
    if (code !== undefined) return typed || isCapital(head, run) ? 'unknown' : undefined;
    if (!typed) return undefined;
    if (NEAR_DASH.test(separator)) return 'malformed';
    return NEAR_SEPARATOR.test(separator) && readCode(run) !== undefined ? 'malformed' : undefined;
  }

  /** The longest type that the head ends in, in capitals. */
  #typeIn(head: string): string | undefined {
    for (let at = 0; ; ) {
      const type = head.slice(at).toUpperCase();
      if (this.#types.has(type)) return type;
      const border = head.indexOf('_', at);
      if (border < 0) return undefined;
      at = border + 1;
    }
  }
}

const isCapital = (head: string, run: string): boolean =>
  /^[A-Z][A-Z0-9_]*$/.test(head) && run === run.toUpperCase();
