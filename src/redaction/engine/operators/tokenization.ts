import type { Entity } from '../analysis.js';
import { publicName } from '../type-names.js';
import type { Operator, Replacement } from './operator.js';

/** Puts the token of each value in its place. The tokens are made before, by whoever keeps the values. */
export class Tokenization implements Operator {
  readonly #tokens: { of(value: { type: string; text: string }): string };

  /**
   * @param tokens the token of every value of the document, by type as clients see it and exact text
   * @param joiner see {@link Operator.joiner}
   */
  constructor(
    tokens: { of(value: { type: string; text: string }): string },
    readonly joiner: string,
  ) {
    this.#tokens = tokens;
  }

  replace({ type, text }: Entity): Replacement {
    return { text: this.#tokens.of({ type: publicName(type), text }), method: 'tokenization' };
  }
}
