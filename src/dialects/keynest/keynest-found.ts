import { AppError } from '../../platform/errors/app-error.js';

/** What is looked for by its number in a body or a query; undefined where it is missing, or hidden from the caller. */
export async function found<Thing>(search: Promise<Thing>): Promise<Thing | undefined> {
  try {
    return await search;
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
