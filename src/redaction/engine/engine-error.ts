export type EngineInputErrorCode = 'TOO_DEEP' | 'INVALID_JSON' | 'INVALID_CSV';

/** Where the input is wrong; lines, columns (in code points) and rows count from 1. */
export interface InputPlace {
  readonly line?: number;
  readonly column?: number;
  readonly row?: number;
}

/** The caller's data cannot be read. The message is public: it says what to change and never quotes the data. */
export class EngineInputError extends Error {
  override readonly name = 'EngineInputError';

  constructor(
    readonly code: EngineInputErrorCode,
    message: string,
    readonly place: InputPlace = {},
  ) {
    super(message);
  }
}
