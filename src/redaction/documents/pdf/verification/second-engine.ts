import { getDocumentProxy } from 'unpdf';

/** What of pdf.js's items of text is used; marked content has neither. */
interface TextItem {
  readonly str?: string;
  readonly hasEOL?: boolean;
}

/** The text of each page as pdf.js reads it, with line ends where it sees them. Tells of each page once it is read. */
export async function readBySecondEngine(
  bytes: Uint8Array,
  onPage: (page: number) => void,
): Promise<string[]> {
  const document = await getDocumentProxy(bytes.slice(), { verbosity: 0, isEvalSupported: false });
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const items: readonly TextItem[] = (await page.getTextContent()).items;
    texts.push(items.map(({ str = '', hasEOL = false }) => (hasEOL ? `${str}\n` : str)).join(''));
    page.cleanup();
    onPage(number);
  }
  await document.destroy();
  return texts;
}
