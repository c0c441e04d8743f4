import type { DocumentTask, PageImage } from '../document-handler.js';
import { atPage } from './failures.js';
import { findInDocument } from './finding/document-finder.js';
import { drawPage } from './pdfium/page-bitmap.js';
import { PdfiumDocument } from './pdfium/pdfium-document.js';
import type { PdfiumLibrary } from './pdfium/pdfium-library.js';
import { prepare, refuseHugeImages } from './preparation.js';
import { closeBoxes, colorOf } from './removal/boxes.js';
import { clampedSize, fillBoxes, pngOf } from './removal/page-picture.js';

export interface Rendering {
  /** From 1. */
  readonly page: number;
  /** Of the picture, in pixels. */
  readonly width: number;
  /** Whether boxes are drawn over what would be removed. */
  readonly marked: boolean;
}

/** One page as a picture; undefined when there is no such page. */
export async function renderPage(
  library: PdfiumLibrary,
  bytes: Uint8Array,
  task: DocumentTask,
  { page, width, marked }: Rendering,
): Promise<PageImage | undefined> {
  const prepared = await prepare(library, bytes, task);
  const wanted = prepared.pages[page - 1];
  if (wanted === undefined) return undefined;
  atPage(page, () => refuseHugeImages(wanted));
  const { geometry } = wanted;
  const document = PdfiumDocument.open(library, prepared.bytes);
  const size = clampedSize(geometry.width, geometry.height, width);
  const bitmap = document.withPage(page - 1, (handle) => drawPage(library, handle, size.width, size.height));
  if (marked) {
    const found = findInDocument(document, prepared, task);
    const boxes = closeBoxes(found.pages[page - 1]?.findings ?? [], wanted.regions, () => undefined);
    fillBoxes(
      bitmap,
      geometry,
      boxes.map(({ rectangle }) => rectangle),
      colorOf(task.policy.look),
    );
  }
  document.close();
  return { bytes: await pngOf(bitmap), width: size.width, height: size.height };
}
