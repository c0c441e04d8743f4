import type { Rectangle } from '../content/matrix.js';
import type { PdfiumLibrary } from './pdfium-library.js';

const FLOATS = 8;

/**
 * Removes the characters whose boxes touch a rectangle, overwrites the pixels of images there, and writes the page's
 * content anew. Forms are left alone: there are none with text on the pages this is used for.
 * @param page an open page; load it anew to see the effect
 */
export function removeFromPage(library: PdfiumLibrary, page: number, rectangles: readonly Rectangle[]): void {
  if (rectangles.length === 0) return;
  const { call } = library;
  const quads = library.allocate(rectangles.length * FLOATS * 4);
  const corners = rectangles.flatMap(({ left, bottom, right, top }) => [
    ...[left, top, right, top],
    ...[left, bottom, right, bottom],
  ]);
  library.floats.set(corners, quads >> 2);
  call.EPDFText_RedactInQuads(page, quads, rectangles.length, 0, 0);
  call.free(quads);
  call.FPDFPage_GenerateContent(page);
}
