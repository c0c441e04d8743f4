import { TokenForm, TokenStreams } from '../../redaction/index.js';
import type { AnswerTally } from './answer-tally.js';
import { JsonDepth } from './json-depth.js';
import type { RestorableTokens } from './restorable-tokens.js';

/**
 * How a text of an answer is to be read: as JSON; as JSON when it begins like it; as plain text; as a name, which is whole
 * once a token is, though no border follows.
 */
export type TextKind = 'json' | 'content' | 'plain' | 'name';

/** How many characters of a text are looked through at a time for tokens that are none of the request's. */
const LOOKED_AT_ONCE = 1_024;
/** What is looked at again with what follows: more than a token, or what resembles one, is long. */
const LOOKED_AT_TWICE = 160;

/** Escapes of JSON that end in a letter or digit, which would hide the border of what follows. */
const ESCAPES = /\\(?:[bfnrt]|u[0-9A-Fa-f]{4})/g;

/** One text of an answer, which may come in pieces: values in place of tokens, as soon as they are known to be whole. */
export class AnswerText implements TokenStreams.TokenSink<string> {
  private readonly stream: TokenStreams.TokenStream<string>;
  private depth: JsonDepth | undefined;
  private restored = '';
  /** What has come and was not looked through. */
  private unseen = '';
  /** The length from which on that is done. */
  private lookedAt = LOOKED_AT_ONCE;

  constructor(
    tokens: RestorableTokens,
    private readonly tally: AnswerTally,
    readonly kind: TextKind,
  ) {
    this.stream = new TokenStreams.TokenStream(tokens.trie, this);
    this.begin();
  }

  get isHolding(): boolean {
    return this.stream.held !== '';
  }

  /** What can be handed on now that a piece has come. @throws RestoredTooLargeError */
  push(piece: string): string {
    this.see(piece);
    this.stream.push(piece);
    if (this.kind === 'name' && this.stream.holdsToken) this.stream.end();
    return this.take();
  }

  /** The rest, when no more comes; the next piece begins a new text. @throws RestoredTooLargeError */
  end(piece = ''): string {
    this.see(piece);
    this.stream.push(piece);
    const { held } = this.stream;
    const before = this.tally.restored;
    this.stream.end();
    this.look(this.unseen);
    const isCutOff = held.includes('-') && before === this.tally.restored;
    if (isCutOff) this.tally.noteCutOff(held.replaceAll(TokenForm.JOINER, ''));
    const rest = this.take();
    this.begin();
    return rest;
  }

  text(text: string): void {
    this.depth?.pass(text);
    this.restored += text;
  }

  token(value: string, spelled: string): void {
    this.restored += this.tally.put(value, this.depth?.depth ?? 0);
    this.depth?.pass(spelled);
  }

  /** In JSON a letter may be the end of an escape. */
  characterBefore(): number | undefined {
    return this.depth?.last;
  }

  private begin(): void {
    this.unseen = '';
    this.lookedAt = LOOKED_AT_ONCE;
    this.depth =
      this.kind === 'json' || this.kind === 'content' ? new JsonDepth(this.kind === 'json') : undefined;
  }

  private take(): string {
    const { restored } = this;
    this.restored = '';
    return restored;
  }

  /** Looks through what has come, now and then, so that nothing is cut that may be a token. */
  private see(piece: string): void {
    this.unseen += piece;
    if (this.unseen.length < this.lookedAt) return;
    const end = borderBefore(this.unseen, this.unseen.length);
    if (end <= LOOKED_AT_TWICE) {
      this.lookedAt = this.unseen.length * 2;
      return;
    }
    this.look(this.unseen.slice(0, end));
    this.unseen = this.unseen.slice(borderBefore(this.unseen, end - LOOKED_AT_TWICE));
    this.lookedAt = this.unseen.length + LOOKED_AT_ONCE;
  }

  private look(text: string): void {
    if (text === '') return;
    this.tally.look(this.depth ? text.replaceAll(ESCAPES, '\\ ') : text);
  }
}

/** The end of the last character before `place` that can be no part of a token; 0 when there is none. */
function borderBefore(text: string, place: number): number {
  let at = place;
  while (at > 0 && isOfToken(text.charCodeAt(at - 1))) at--;
  return at;
}

const isOfToken = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 45 ||
  code === 95;
