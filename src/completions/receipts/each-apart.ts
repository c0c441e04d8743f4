/** SQLSTATE 22 and 23: what was to be written is at fault, not the database. */
const isOfContent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code);

/**
 * Writes things together, and one by one where one of them cannot be written, so that nobody's fault is another's failure.
 * @returns for each of them, in their order, a function that throws what kept it from being written
 */
export async function eachApart<T>(
  things: readonly T[],
  write: (things: readonly T[]) => Promise<void>,
): Promise<(() => void)[]> {
  try {
    await write(things);
    return things.map(() => () => undefined);
  } catch (error) {
    if (things.length === 1 || !isOfContent(error)) throw error;
  }
  const outcomes: (() => void)[] = [];
  for (const thing of things) outcomes.push(await outcomeOf(write([thing])));
  return outcomes;
}

async function outcomeOf(writing: Promise<void>): Promise<() => void> {
  try {
    await writing;
    return () => undefined;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
