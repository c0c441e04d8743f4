import { ParseSpeeds, type PDFDict, PDFDocument } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask } from '../document-handler.js';
import type { DocumentPolicy } from '../document-policy.js';
import type { Rectangle } from './content/matrix.js';
import { atPage } from './failures.js';
import { fileShape } from './file-shape.js';
import { PageGeometry } from './page-geometry.js';
import { PdfiumDocument } from './pdfium/pdfium-document.js';
import type { PdfiumLibrary } from './pdfium/pdfium-library.js';
import { refuseHiddenContent } from './structure/catalog-checks.js';
import { countCarriers } from './structure/census.js';
import { type BuiltPage, PageBuilder } from './structure/page-builder.js';
import { claimedPages, MOST_PAGES, pagesOf, type SourcePage } from './structure/page-tree.js';
import { RemovedCounts } from './structure/removed-counts.js';

/** A page of a prepared document. */
export interface PreparedPage extends BuiltPage {
  readonly geometry: PageGeometry;
  /** Marked by hand, in the page's own space. */
  readonly regions: readonly Rectangle[];
}

/** Pixels of an image that can be drawn or written anew within the memory of one document. */
const MOST_PIXELS = 100_000_000;

/** @throws DocumentFailure `DOCUMENT_TOO_COMPLEX` when images of a page are too large to be unfolded */
export function refuseHugeImages({ pixels }: PreparedPage): void {
  if (pixels > MOST_PIXELS) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
}

/** A document that consists of its pages alone, each with all that it draws in one piece of content. */
export interface PreparedPdf {
  readonly bytes: Uint8Array;
  readonly pages: readonly PreparedPage[];
  readonly removed: RemovedCounts;
}

/**
 * Reads a document and makes one of it in which nothing is hidden: decrypted, without earlier revisions, its annotations and
 * form fields drawn into the pages, forms written out in place, everything that is not drawn left behind.
 * @throws DocumentFailure for whatever cannot be redacted
 */
export async function prepare(
  library: PdfiumLibrary,
  bytes: Uint8Array,
  { policy, progress }: DocumentTask,
): Promise<PreparedPdf> {
  const removed = new RemovedCounts();
  const normal = normalized(library, bytes, policy, removed);
  const document = await loadWritten(normal);
  const { catalog, context } = document;
  const objects = context.enumerateIndirectObjects();
  refuseHiddenContent(
    catalog,
    objects.map(([, object]) => object),
  );
  const pages = countedPages(catalog);
  countCarriers(context, catalog, pages, removed);
  if (policy.strict && removed.of('signatures') > 0) throw new DocumentFailure('DOCUMENT_SIGNED');
  const builder = new PageBuilder();
  const source = builder.source();
  const prepared = pages.map((page, index) => {
    progress({ stage: 'reading', done: index, total: pages.length });
    return atPage(index + 1, () => preparedPage(builder, source, page, regionsOf(policy, index + 1)));
  });
  progress({ stage: 'reading', done: pages.length, total: pages.length });
  removed.add('image_metadata', source.images.removed);
  return { bytes: await builder.save(), pages: prepared, removed };
}

function preparedPage(
  builder: PageBuilder,
  source: ReturnType<PageBuilder['source']>,
  page: SourcePage,
  areas: DocumentPolicy['regions'],
): PreparedPage {
  const geometry = PageGeometry.of(page);
  const regions = areas.map((area) => geometry.toRectangle(area));
  return { ...builder.addPage(source, page, geometry, { regions }), geometry, regions };
}

const regionsOf = ({ regions }: DocumentPolicy, page: number): DocumentPolicy['regions'] =>
  regions.filter((region) => region.page === undefined || region.page === page);

/** The document as PDFium writes it anew, which leaves one reading of it. */
function normalized(
  library: PdfiumLibrary,
  bytes: Uint8Array,
  policy: DocumentPolicy,
  removed: RemovedCounts,
): Uint8Array {
  const shape = fileShape(bytes);
  if (!shape.isPdf) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const document = PdfiumDocument.open(library, bytes, policy.documentPassword);
  if (!document.hasIndex && !shape.isWhole) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const { pageCount } = document;
  if (pageCount > MOST_PAGES) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  removed.add('foreign_bytes', shape.foreignParts);
  removed.add('earlier_revisions', document.revisions - (shape.isLinearized ? 2 : 1));
  if (document.isEncrypted) {
    document.decrypt();
    removed.add('encryption');
  }
  if (pageCount > 0) document.drawFields();
  const written = document.save();
  document.close();
  return written;
}

/** A document that PDFium wrote. */
export const loadWritten = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, {
    updateMetadata: false,
    throwOnInvalidObject: true,
    parseSpeed: ParseSpeeds.Fastest,
  });

function countedPages(catalog: PDFDict): SourcePage[] {
  const claimed = claimedPages(catalog);
  if (claimed !== undefined && claimed > MOST_PAGES) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  const pages = pagesOf(catalog);
  if (pages.length === 0) throw new DocumentFailure('DOCUMENT_EMPTY');
  if (claimed !== pages.length) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return pages;
}
