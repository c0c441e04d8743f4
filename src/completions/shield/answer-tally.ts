import { EngineCooperation, TokenRestoring } from '../../redaction/index.js';
import type { UnresolvedToken } from '../receipts/receipt.js';
import { escapedFor } from './json-depth.js';
import type { RestorableTokens } from './restorable-tokens.js';

/** Most unresolved tokens that are listed. */
const MOST_LISTED = 100;

const { MOST_RESTORED, RestoredTooLargeError } = TokenRestoring;

/** What became of the tokens of one answer, all its texts together. */
export class AnswerTally {
  /** Places where a value was put back. */
  restored = 0;
  private length = 0;
  private readonly search: TokenRestoring.Restorer;
  private readonly cutOff: UnresolvedToken[] = [];

  constructor(tokens: RestorableTokens) {
    this.search = tokens.newSearch();
  }

  /** Tokens that were left as they stand, each once: foreign, near, cut off or erased ones. */
  get unresolved(): readonly UnresolvedToken[] {
    return [...this.search.listed, ...this.cutOff].slice(0, MOST_LISTED);
  }

  /** A value as it is spelled within so many JSON strings. @throws RestoredTooLargeError */
  put(value: string, depth: number): string {
    const spelled = this.spelled(value, depth);
    this.restored++;
    this.length += spelled.length;
    if (this.length > MOST_RESTORED) throw new RestoredTooLargeError();
    return spelled;
  }

  /** Looks for what resembles a token and is none of the request's. */
  look(text: string): void {
    EngineCooperation.runToEnd(this.search.restore(text));
  }

  /** Notes the beginning of a token with which a text ended. */
  noteCutOff(token: string): void {
    const isKnown = this.unresolved.some((other) => other.token === token);
    if (!isKnown && this.cutOff.length < MOST_LISTED) this.cutOff.push({ token, reason: 'malformed' });
  }

  private spelled(value: string, depth: number): string {
    if (depth === 0) return value;
    try {
      return escapedFor(depth, value, MOST_RESTORED);
    } catch (error) {
      throw error instanceof RangeError ? new RestoredTooLargeError() : error;
    }
  }
}
