import { MOST_FINDINGS } from './finding.js';

export type EngineInputErrorCode =
  | 'TOO_DEEP'
  | 'INVALID_JSON'
  | 'INVALID_CSV'
  | 'TOO_MANY_FINDINGS'
  | 'TOO_REPETITIVE';

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

/** More was found than one answer can carry. */
export const tooManyFindings = (): EngineInputError =>
  new EngineInputError(
    'TOO_MANY_FINDINGS',
    `The data holds more than ${MOST_FINDINGS} findings. Send it in smaller parts.`,
  );

/** Comparing what was found with the rest would never end. */
export const tooRepetitive = (): EngineInputError =>
  new EngineInputError(
    'TOO_REPETITIVE',
    'The data and what was found in it repeat themselves too often. Send it in smaller parts.',
  );
