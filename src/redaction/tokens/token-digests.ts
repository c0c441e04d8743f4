import { keyedDigest } from '../../crypto/index.js';
import { encodeText } from './exact-text.js';
import { identityText } from './identity-text.js';

/** A value to be tokenized. */
export interface TokenValue {
  /** Type as clients see it. */
  readonly type: string;
  /** Exactly as it was spelled. */
  readonly text: string;
}

/** What whole digests a token is cut from; 32 bytes each. */
export interface TokenDigests {
  readonly identity: Buffer;
  readonly spelling: Buffer;
}

/** Tells whose value it is, in every generation: what an erasure is about. */
export const identityOf = (key: Buffer, { type, text }: TokenValue): Buffer =>
  keyedDigest(key, 'identity', type, encodeText(identityText(type, text)));

/**
 * The digests of a value in one generation of its identity. Another generation has others, so that a token made
 * after an erasure has nothing in common with those before it.
 */
export const digestsOf = (key: Buffer, { type, text }: TokenValue, generation: number): TokenDigests => ({
  identity: keyedDigest(key, 'token identity', type, encodeText(identityText(type, text)), generation),
  spelling: keyedDigest(key, 'token spelling', type, encodeText(text), generation),
});
