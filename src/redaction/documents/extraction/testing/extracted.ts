import type { ExtractedDocument } from '../extracted-document.js';
import { extractDocument } from '../extractors.js';

/** The text of a document, or of a string's UTF-8. */
export function extracted(
  document: Uint8Array | string,
  format: string,
  password?: string,
): Promise<ExtractedDocument> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  return extractDocument(bytes, format, { password, progress: () => {} });
}

/** How often a document's reader says that it goes on. */
export async function beatsOf(document: Uint8Array | string, format: string): Promise<number> {
  let beats = 0;
  await extractDocument(Buffer.from(document as Uint8Array), format, { progress: () => beats++ });
  return beats;
}

/** Titles with their levels, as they stand at their offsets. */
export const titlesOf = ({ text, headings }: ExtractedDocument): [string, number][] =>
  headings.map(({ start, end, level }) => [text.slice(start, end), level]);

/** Tables by their rows, the one that names the columns apart. */
export const tablesOf = ({ text, tables }: ExtractedDocument) =>
  tables.map(({ start, end, header }) => ({
    header: header && text.slice(header.start, header.end),
    rows: text.slice(start, end).split('\n'),
  }));

/** What of the promises that {@link ExtractedDocument} makes is not kept. */
export function brokenPromises(document: ExtractedDocument): string[] {
  const { text, pages, headings, tables, pageCount, title, isPartial, gaps } = document;
  const broken: string[] = [];
  const must = (kept: boolean, promise: string): void => {
    if (!kept) broken.push(promise);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  must(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text), 'no control characters');
  must(text.isWellFormed(), 'whole characters');
  must(text === text.trim(), 'no blanks at either end');
  must(title === null || (title.isWellFormed() && title.trim() !== '' && title.length <= 500), 'a title');
  must(isPartial === gaps.length > 0, 'partial when there are gaps');
  must(pages.length === (pageCount ?? 0), 'a start of each page');
  must(
    pages.every(
      ({ number, start }, at) =>
        number === at + 1 && start >= (pages[at - 1]?.start ?? 0) && start <= text.length,
    ),
    'pages ascend',
  );
  for (const gap of gaps)
    must(
      gap.pages.every((page, at) => page > (gap.pages[at - 1] ?? 0)),
      'gaps ascend',
    );
  for (const [name, areas] of Object.entries({ headings, tables })) {
    must(
      areas.every(
        ({ start, end }, at) => start >= (areas[at - 1]?.end ?? 0) && end > start && end <= text.length,
      ),
      `${name} ascend, apart and within the text`,
    );
  }
  must(
    headings.every(({ start, end, level }) => {
      const heading = text.slice(start, end);
      return heading === heading.trim() && !heading.includes('\n') && [1, 2, 3, 4, 5, 6].includes(level);
    }),
    'titles are lines',
  );
  must(
    tables.every(({ start, end, header }) => header === null || (header.start >= start && header.end <= end)),
    'heads stand in their tables',
  );
  return broken;
}
