/** A token as lists show it, without its value. */
export interface TokenRecord {
  /** Type as clients see it. */
  readonly type: string;
  readonly code: string;
  readonly createdAt: Date;
  readonly erasedAt: Date | null;
}
