import type { AppError } from '../../platform/errors/app-error.js';
import type { JsonObject } from '../json.js';

/** Where an answer goes: the client's side of a request. */
export interface AnswerTarget {
  /** Aborts once the client has gone. */
  readonly gone: AbortSignal;
  /** Opens a stream; from here on errors are part of it. */
  begin(receiptId: string): void;
  /** Hands on a part of a stream; resolved when the client can take more, or has gone. */
  write(text: string): Promise<void> | undefined;
  /** Ends a stream that is complete, though it may have been empty. */
  end(receiptId: string): void;
  /** Ends a stream that is not. */
  fail(error: AppError): void;
  /** Gives a whole answer. */
  whole(answer: JsonObject, receiptId: string): void;
}
