import { DocumentFailure } from '../../document-failure.js';
import type { PdfiumLibrary } from './pdfium-library.js';

const WHITE = 0xffffffff;
/** FPDF_REVERSE_BYTE_ORDER: red first. */
const RED_FIRST = 0x10;

/** Pixels, four bytes each: red, green, blue, and one that says nothing. */
export interface Bitmap {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws an open page on white, as it is shown.
 * @throws DocumentFailure `DOCUMENT_TOO_COMPLEX` when there is no room for the picture
 */
export function drawPage(library: PdfiumLibrary, page: number, width: number, height: number): Bitmap {
  const { call } = library;
  const bitmap = call.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
  call.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  call.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, RED_FIRST);
  const stride = call.FPDFBitmap_GetStride(bitmap);
  const pixels = library.take(call.FPDFBitmap_GetBuffer(bitmap), stride * height);
  call.FPDFBitmap_Destroy(bitmap);
  return { pixels, width, height };
}
