/** What is wrong with a log. */
export type LogFault =
  /** Bytes are not those that were written. */
  | 'changed'
  /** Entries are not there. */
  | 'missing'
  /** There is something that the log did not have. */
  | 'inserted'
  /** Entries stand in another order. */
  | 'reordered'
  /** The end is not there. */
  | 'cut'
  /** It is a log of its own, but not the one that was signed or seen before. */
  | 'rewritten'
  /** Another key signed it. */
  | 'other_signer';

/** Thrown at the first thing that is wrong with an export. */
export class ExportFault extends Error {
  constructor(
    readonly kind: LogFault,
    message: string,
  ) {
    super(message);
  }
}

/** Thrown for input of which nothing can be said. */
export class UnusableInput extends Error {}
