import { AppError } from '../app-error.js';

/** The code that work is refused with, `done` when it is not, and what else it failed with as text. */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
