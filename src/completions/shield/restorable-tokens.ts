import {
  EngineSupportedTypes,
  EngineTypes,
  TokenForm,
  TokenRestoring,
  TokenTries,
} from '../../redaction/index.js';
import type { Resolution } from './conversation.js';

const BUILT_IN = EngineSupportedTypes.SUPPORTED_TYPES.map(({ name }) => EngineTypes.publicName(name));

/** Type of a token that stands for text which looks like a token. */
export const LITERAL = 'LITERAL';

/** Types whose tokens may stand anywhere. */
export const KNOWN_TYPES: readonly string[] = [...BUILT_IN, LITERAL];

/** The tokens that stand in one request: all that its answers can have restored. */
export class RestorableTokens {
  private readonly resolutions: ReadonlyMap<string, Resolution>;
  private made: TokenTries.TokenTrie<string> | undefined;

  /** @param resolutions by code in capitals; those without a text were erased */
  constructor(resolutions: ReadonlyMap<string, Resolution>) {
    this.resolutions = resolutions;
  }

  get isEmpty(): boolean {
    return this.resolutions.size === 0;
  }

  /** The values by their tokens. */
  get trie(): TokenTries.TokenTrie<string> {
    this.made ??= new TokenTries.TokenTrie(this.valuesByToken());
    return this.made;
  }

  /** What looks for tokens that are none of these; puts nothing in place of those that are. */
  newSearch(): TokenRestoring.Restorer {
    const known = [...this.resolutions].map(([code, { type, text }]): [string, Resolution] => [
      code,
      { type, text: text === undefined ? undefined : '' },
    ]);
    const types = [...this.resolutions.values()].map(({ type }) => type);
    return new TokenRestoring.Restorer(new Map(known), [...KNOWN_TYPES, ...types]);
  }

  private *valuesByToken(): Generator<readonly [string, string]> {
    for (const [code, { type, text }] of this.resolutions)
      if (text !== undefined) yield [TokenForm.formatToken({ type, code }), text];
  }
}
