import { DocumentFailure } from '../../document-failure.js';
import { fileShape } from '../../pdf/file-shape.js';
import { type PageText, withPageText } from '../../pdf/pdfium/page-text.js';
import { PdfiumDocument } from '../../pdf/pdfium/pdfium-document.js';
import type { PdfiumLibrary } from '../../pdf/pdfium/pdfium-library.js';
import { PdfiumPool } from '../../pdf/pdfium/pdfium-pool.js';
import { MOST_PAGES } from '../../pdf/structure/page-tree.js';
import type { ExtractionTask, Extractor } from '../document-extractor.js';
import { type ExtractedDocument, type Gap, MOST_CHARACTERS } from '../extracted-document.js';
import { oneLine } from '../plain.js';
import { TextBuilder } from '../text-builder.js';
import { ITEM, linesOfPage, type PageLine } from './page-lines.js';
import { compoundsIn, textOf } from './paragraph-text.js';
import { type Paragraph, paragraphsOf } from './paragraphs.js';
import { type HeadingLevels, headingsByFont, headingsByOutline } from './pdf-headings.js';
import { withoutRunningLines } from './running-lines.js';

/** So many characters in a row that nobody can read may be a word. */
const MOST_UNREADABLE = 3;
const OUTLINE = { entries: 5_000, levels: 6 };
/** Programs put the name or the path of the file where its title should be. */
const NO_TITLE =
  /^(?:Microsoft |untitled$)|[\\/]\S*\.\w+|\.(?:docx?|xlsx?|pptx?|pdf|indd|tex|dvi|wpd|rtf|odt|html?)$/i;

interface ReadPage {
  readonly lines: readonly PageLine[];
  readonly gap: Gap['reason'] | undefined;
}

const pool = new PdfiumPool();

/**
 * PDF: the text that pages show, form fields and notes included, in the order of their content.
 * @throws DocumentFailure `DOCUMENT_DAMAGED`, `DOCUMENT_ENCRYPTED`, `DOCUMENT_PASSWORD_WRONG`, `DOCUMENT_EMPTY`,
 *   `DOCUMENT_HAS_FORMS`, `DOCUMENT_TOO_LARGE`, `DOCUMENT_TOO_COMPLEX`
 */
export const extractPdf: Extractor = (bytes, task) =>
  pool.use('DOCUMENT_DAMAGED', async (library) => {
    const document = open(library, bytes, task.password);
    const read = readPages(document, task);
    const pages = withoutRunningLines(read.map(({ lines }) => lines)).map(paragraphsOf);
    const title = oneLine(document.metadata('Title'));
    const byFont = headingsByFont(pages.flat());
    const levels = byFont.size > 0 ? byFont : headingsByOutline(pages, document.outline(OUTLINE));
    document.close();
    const gaps = read.map(({ gap }) => gap);
    return written(pages, levels, gaps, title);
  });

function open(library: PdfiumLibrary, bytes: Uint8Array, password: string | undefined): PdfiumDocument {
  const shape = fileShape(bytes);
  if (!shape.isPdf) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const document = PdfiumDocument.open(library, bytes, password);
  if (!document.hasIndex && !shape.isWhole) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const { pageCount } = document;
  if (pageCount > MOST_PAGES) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  if (pageCount <= 0) throw new DocumentFailure('DOCUMENT_EMPTY');
  if (document.isXfa) throw new DocumentFailure('DOCUMENT_HAS_FORMS');
  document.drawFields();
  return document;
}

function readPages(document: PdfiumDocument, { progress }: ExtractionTask): ReadPage[] {
  const { pageCount } = document;
  const pages: ReadPage[] = [];
  let characters = 0;
  for (let index = 0; index < pageCount; index++) {
    progress({ stage: 'reading', done: index, total: pageCount });
    const page = readPage(document, index);
    for (const { text } of page.lines) characters += text.length;
    if (characters > MOST_CHARACTERS) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
    pages.push(page);
  }
  if (pages.every(({ gap }) => gap === 'PAGES_UNREADABLE')) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return pages;
}

function readPage(document: PdfiumDocument, index: number): ReadPage {
  const { library } = document;
  try {
    return document.withShownPage(index, (page) =>
      withPageText(library, page, (text) => {
        const lines = linesOfPage(text);
        const isDrawn = library.call.FPDFPage_CountObjects(page) > 0;
        return { lines, gap: gapOf(text, lines, isDrawn) };
      }),
    );
  } catch (error) {
    // One page that cannot be loaded takes no other one with it.
    if (!(error instanceof DocumentFailure) || error.code !== 'DOCUMENT_DAMAGED') throw error;
    return { lines: [], gap: 'PAGES_UNREADABLE' };
  }
}

function gapOf(text: PageText, lines: readonly PageLine[], isDrawn: boolean): Gap['reason'] | undefined {
  if (lines.length === 0) return isDrawn ? 'PAGES_WITHOUT_TEXT' : undefined;
  return text.longestUnreadable > MOST_UNREADABLE ? 'CHARACTERS_UNREADABLE' : undefined;
}

function written(
  pages: readonly (readonly Paragraph[])[],
  levels: HeadingLevels,
  gaps: readonly (Gap['reason'] | undefined)[],
  title: string,
): ExtractedDocument {
  const builder = new TextBuilder();
  const compounds = compoundsIn(pages.flat());
  for (const [index, paragraphs] of pages.entries()) {
    const gap = gaps[index];
    builder.page(index + 1);
    if (gap !== undefined) builder.gap(gap, index + 1);
    for (const paragraph of paragraphs) {
      const text = textOf(paragraph, compounds);
      const level = levels.get(paragraph);
      const sign = ITEM.exec(text)?.[0];
      if (level !== undefined) builder.heading(text, level);
      else if (sign !== undefined) builder.item(text.slice(sign.length), sign.trim());
      else builder.paragraph(text);
    }
  }
  return builder.end(NO_TITLE.test(title) ? undefined : title, pages.length);
}
