/** What a judge has found in a sentence. Offsets are UTF-16 code units of the sentence, end exclusive; score from 0 to 1. */
export interface JudgedSpan {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** Somebody who knows more about names than the recognizers do, and is asked about sentences that they are unsure of. */
export interface Judge {
  /** Undefined while nothing is known of this sentence: then what the recognizers have found stays. */
  spansOf(sentence: string): readonly JudgedSpan[] | undefined;
}
