import { type ErrorRow, PLATFORM_ERRORS } from './error-registry.js';

/** Which input is at fault and why; each surface shows it under its own names. */
export interface ErrorDetails {
  /** Field, parameter or header as the client wrote it, `documents[3].id` style. */
  readonly field: string;
  /** What it breaks, as one word: `required`, `type`, `unknown`, `maximum`, … */
  readonly constraint: string;
  /** The values that would be allowed, where they can be listed. */
  readonly allowed?: readonly string[];
  /** The file that is there already, where a name is taken. */
  readonly file_id?: string;
  /** The page of a document that is at fault, from 1. */
  readonly page?: number;
  /** The line of a text that is at fault, from 1. */
  readonly line?: number;
}

interface AppErrorOptions {
  /** Public text instead of the registry's. Must hold no personal data, key or secret. */
  readonly message?: string;
  readonly details?: ErrorDetails;
  /** For the log of the operator only; never shown to a client. */
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
}

/** An error with a row in a registry: the only kind whose text reaches a client. */
export class AppError extends Error {
  readonly details: ErrorDetails | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: string,
    readonly row: ErrorRow,
    options: AppErrorOptions = {},
  ) {
    super(options.message ?? row.message, { cause: options.cause });
    this.name = 'AppError';
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Makes errors of one registry slice: `fail('NOT_FOUND')`, with the code checked by the compiler. */
export function errorsOf<Code extends string>(rows: Record<Code, ErrorRow>) {
  return (code: Code, options?: AppErrorOptions): AppError => new AppError(code, rows[code], options);
}

export const platformError = errorsOf(PLATFORM_ERRORS);

/** The 400 for one wrong input. */
export const invalidField = (
  field: string,
  constraint: string,
  message: string,
  allowed?: readonly string[],
) =>
  platformError('VALIDATION_ERROR', { message, details: { field, constraint, ...(allowed && { allowed }) } });
