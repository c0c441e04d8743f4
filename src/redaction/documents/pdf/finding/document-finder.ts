import { DocumentFailure } from '../../document-failure.js';
import type { DocumentTask } from '../../document-handler.js';
import { intersects, type Rectangle } from '../content/matrix.js';
import { atPage } from '../failures.js';
import { type PageText, withPageText } from '../pdfium/page-text.js';
import type { PdfiumDocument } from '../pdfium/pdfium-document.js';
import type { PreparedPage, PreparedPdf } from '../preparation.js';
import { findAgain, findOnPage, merged, type PageFinding } from './page-finder.js';
import { inkOf } from './page-view.js';
import { ValueIndex } from './value-index.js';

/** Share of a page from which on a picture may be one of a text. */
const LARGE_PICTURE = 0.25;
/** So many characters in a row that nobody can read may be a value. */
const MOST_UNREADABLE = 3;

/** A character that is to be removed. */
export interface Glyph {
  readonly index: number;
  readonly box: Rectangle;
}

/** A finding with its characters that are ink. */
export interface PlacedFinding extends PageFinding {
  readonly glyphs: readonly Glyph[];
}

export interface FoundPage {
  readonly codes: Uint32Array;
  readonly findings: readonly PlacedFinding[];
}

export interface FoundDocument {
  readonly pages: readonly FoundPage[];
  /** All values, to be looked for wherever they stand. */
  readonly values: ValueIndex;
}

/**
 * Finds what is to be removed, page by page, and then each value again wherever else it stands, though nothing there tells
 * what it is.
 * @throws DocumentFailure `DOCUMENT_WITHOUT_TEXT`, `DOCUMENT_NOT_REDACTABLE` where a page cannot be read
 */
export function findInDocument(
  document: PdfiumDocument,
  { pages }: PreparedPdf,
  { detector, policy, progress }: DocumentTask,
): FoundDocument {
  const values = new ValueIndex();
  const found = pages.map((page, index) => {
    progress({ stage: 'finding', done: index, total: pages.length });
    return atPage(index + 1, () =>
      withText(document, index, (text) => {
        refuseUnreadable(text, page);
        if (policy.strict) refuseUnreadPictures(text, page);
        const findings = findOnPage(text.codes, detector);
        for (const { text: value, type } of findings) values.add(value, type);
        return { codes: text.codes, findings: merged(findings).map((finding) => place(finding, text)) };
      }),
    );
  });
  const completed = found.map((page, index) => withRepeated(document, index, page, values));
  progress({ stage: 'finding', done: pages.length, total: pages.length });
  return { pages: completed, values };
}

function withRepeated(
  document: PdfiumDocument,
  index: number,
  page: FoundPage,
  values: ValueIndex,
): FoundPage {
  const again = findAgain(page.codes, values).filter(
    ({ first, last }) => !page.findings.some((known) => known.first <= first && known.last >= last),
  );
  if (again.length === 0) return page;
  const findings = merged([...page.findings, ...again]);
  return withText(document, index, (text) => ({
    codes: page.codes,
    findings: findings.map((finding) => place(finding, text)),
  }));
}

const withText = <T>(document: PdfiumDocument, index: number, work: (text: PageText) => T): T =>
  document.withPage(index, (page) => withPageText(document.library, page, work));

/** The finding with its boxes. */
export function place(finding: PageFinding, text: PageText): PlacedFinding {
  const glyphs: Glyph[] = [];
  for (let index = finding.first; index <= finding.last; index++) {
    if (inkOf(text.codes[index] ?? 0) !== undefined) glyphs.push({ index, box: text.boxOf(index) });
  }
  return { ...finding, glyphs };
}

function refuseUnreadable(text: PageText, page: PreparedPage): void {
  if (text.longestUnreadable > MOST_UNREADABLE) throw new DocumentFailure('DOCUMENT_NOT_REDACTABLE');
  if (page.regions.length > 0 || text.codes.some((code) => inkOf(code) !== undefined)) return;
  const showsMore = page.images.length > 0 || page.hiddenImages || page.outlines.isDrawing;
  if (showsMore) throw new DocumentFailure('DOCUMENT_WITHOUT_TEXT');
}

/** A large picture is taken to be searchable where text lies over it, as programs for recognition write it. */
function refuseUnreadPictures(
  text: PageText,
  { images, hiddenImages, regions, geometry }: PreparedPage,
): void {
  if (regions.length > 0) return;
  const least = areaOf(geometry.crop) * LARGE_PICTURE;
  const large = images.filter((image) => areaOf(image) >= least);
  if (large.length === 0 && !hiddenImages) return;
  const boxes = Array.from(text.codes, (code, index) =>
    inkOf(code) === undefined ? undefined : text.boxOf(index),
  );
  const isRead = large.every((image) => boxes.some((box) => box !== undefined && intersects(box, image)));
  if (!isRead || hiddenImages) throw new DocumentFailure('DOCUMENT_WITHOUT_TEXT');
}

const areaOf = ({ left, bottom, right, top }: Rectangle): number => (right - left) * (top - bottom);
