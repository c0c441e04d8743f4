/** What a caller asks of a release. */
export interface AnonymityOptions {
  /** Least rows that share one description. */
  readonly k: number;
  /** Least distinct values of each sensitive column among them; 1 asks for nothing. */
  readonly l: number;
  /** Names of columns; where absent they are inferred. */
  readonly quasiIdentifiers?: readonly string[];
  readonly sensitive: readonly string[];
  /** Share of rows, 0 to 1, that may be left out. */
  readonly maxSuppression: number;
}
