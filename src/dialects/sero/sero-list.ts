async function* write<T>(
  name: string,
  first: readonly T[],
  rest: AsyncGenerator<T[]>,
  present: (item: T) => object,
): AsyncGenerator<string> {
  const written = (items: readonly T[]): string =>
    items.map((item) => JSON.stringify(present(item))).join(',');
  yield `{${JSON.stringify(name)}:[${written(first)}`;
  for await (const items of rest) if (items.length > 0) yield `,${written(items)}`;
  yield ']}';
}

/**
 * SERO's list of everything as text, `{"<name>":[…]}`, written as it is read, however much there is. The first page is
 * read before anything is written, so that what fails at once is still answered as an error.
 */
export async function seroList<T>(
  name: string,
  pages: AsyncGenerator<T[]>,
  present: (item: T) => object,
): Promise<AsyncGenerator<string>> {
  const first = await pages.next();
  return write(name, first.done ? [] : first.value, pages, present);
}
