import type { Exchange } from './exchange.js';
import { readingError } from './upstream-errors.js';

const worded = (error: unknown): never => {
  throw readingError(error);
};

/** An answer's bytes as they come; what goes wrong with them is said as clients are told it. */
export class AnswerBody implements AsyncIterableIterator<Uint8Array> {
  constructor(private readonly exchange: Exchange) {}

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.exchange.next().catch(worded);
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    return this.exchange.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
