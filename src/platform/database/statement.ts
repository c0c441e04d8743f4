/** One statement, and what stands for its `$1`, `$2` and so on: for whoever makes it part of a larger one. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}
