import { type PDFDict, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import { IDENTITY, type Matrix, transformed } from '../content/matrix.js';
import type { SourcePage } from './page-tree.js';
import { asDict, dictIn, itemsIn, matrixIn, nameIn, numberIn, rectangleIn, valueIn } from './pdf-objects.js';

const HIDDEN = 2;
const NO_VIEW = 32;

/** What an annotation shows, and how it comes to lie on its page. */
export interface Appearance {
  readonly form: PDFStream;
  readonly matrix: Matrix;
}

/** The appearances of a page's annotations and form fields that are seen, from the lowest to the highest. */
export function appearancesOf(page: SourcePage): Appearance[] {
  return itemsIn(page.dict, 'Annots').flatMap((value) => {
    const annotation = asDict(value);
    const form = annotation === undefined ? undefined : formOf(annotation);
    return annotation === undefined || form === undefined
      ? []
      : [{ form, matrix: placement(annotation, form) }];
  });
}

function formOf(annotation: PDFDict): PDFStream | undefined {
  const flags = numberIn(annotation, 'F') ?? 0;
  if ((flags & (HIDDEN | NO_VIEW)) !== 0 || nameIn(annotation, 'Subtype') === 'Popup') return undefined;
  const normal = valueIn(dictIn(annotation, 'AP'), 'N');
  if (normal instanceof PDFStream) return normal;
  const state: PDFObject | undefined = valueIn(asDict(normal), nameIn(annotation, 'AS') ?? 'Off');
  return state instanceof PDFStream ? state : undefined;
}

/** ISO 32000-1, 12.5.5, algorithm 8.1: the appearance's box, once transformed, is laid over the annotation's rectangle. */
function placement(annotation: PDFDict, form: PDFStream): Matrix {
  const rectangle = rectangleIn(annotation, 'Rect');
  const box = rectangleIn(form.dict, 'BBox');
  if (rectangle === undefined || box === undefined) return IDENTITY;
  const shown = transformed(box, matrixIn(form.dict));
  const width = shown.right - shown.left;
  const height = shown.top - shown.bottom;
  const x = width === 0 ? 1 : (rectangle.right - rectangle.left) / width;
  const y = height === 0 ? 1 : (rectangle.top - rectangle.bottom) / height;
  return [x, 0, 0, y, rectangle.left - shown.left * x, rectangle.bottom - shown.bottom * y];
}
