/** Where a value stands in a text, in UTF-16 code units, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** A value that is to be erased, as far as one is known who does not know it: whether it stands in a text. */
export interface SoughtValue {
  /** Every passage where it stands as whole words, in order and apart. Lets other work in on long texts. */
  passages(text: string): Promise<Passage[]>;
}

/**
 * What is kept of a value that was erased, so that it can be found again without being held: keyed digests, and how long it
 * was. Nothing comes back out of it without the key; with the key, values can be guessed.
 */
export interface ValuePrint {
  /** Words, and signs between them. */
  readonly words: number;
  /** HMAC-SHA-256 of the first word, in base64: most words of a text are passed over by it. */
  readonly first: string;
  /** HMAC-SHA-256 of all of it, in base64. */
  readonly whole: string;
  /** Of a number, whatever stands between its groups: letters and digits, digits among them, and their HMAC. */
  readonly compact: { readonly length: number; readonly digits: number; readonly digest: string } | null;
}

/** Makes prints and seeks by them; the redaction module provides it, globally, since it knows how values are compared. */
export abstract class ValuePrints {
  /**
   * A type as clients see it, in whichever form they wrote it.
   * @throws AppError VALIDATION_ERROR for one there is not: what is shown in clear is not theirs to name
   */
  abstract typeOf(type: string): string;

  /**
   * @param key 32 bytes; another one for each erasure, so that prints of one value have nothing in common
   * @throws AppError VALUE_TOO_SHORT
   */
  abstract make(text: string, key: Buffer): ValuePrint;

  abstract seek(print: ValuePrint, key: Buffer): SoughtValue;
}
