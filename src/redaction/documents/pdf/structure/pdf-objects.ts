import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { IDENTITY, type Matrix, type Rectangle } from '../content/matrix.js';

/** Reading objects of pdf-lib without trust: whatever is missing or of another type is undefined. */

const NAMES = new Map<string, PDFName>();

export function name(text: string): PDFName {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  const made = PDFName.of(text);
  NAMES.set(text, made);
  return made;
}

export const valueIn = (dict: PDFDict | undefined, key: string): PDFObject | undefined =>
  dict?.context.lookup(dict.get(name(key)));

/** A dictionary, a stream's own too. */
export function dictIn(dict: PDFDict | undefined, key: string): PDFDict | undefined {
  return asDict(valueIn(dict, key));
}

export function asDict(value: PDFObject | undefined): PDFDict | undefined {
  if (value instanceof PDFStream) return value.dict;
  return value instanceof PDFDict ? value : undefined;
}

export function streamIn(dict: PDFDict | undefined, key: string): PDFStream | undefined {
  const value = valueIn(dict, key);
  return value instanceof PDFStream ? value : undefined;
}

export function arrayIn(dict: PDFDict | undefined, key: string): PDFArray | undefined {
  const value = valueIn(dict, key);
  return value instanceof PDFArray ? value : undefined;
}

export function numberIn(dict: PDFDict | undefined, key: string): number | undefined {
  const value = valueIn(dict, key);
  return value instanceof PDFNumber ? value.asNumber() : undefined;
}

export function nameIn(dict: PDFDict | undefined, key: string): string | undefined {
  const value = valueIn(dict, key);
  return value instanceof PDFName ? value.decodeText() : undefined;
}

export function refIn(dict: PDFDict | undefined, key: string): PDFRef | undefined {
  const value = dict?.get(name(key));
  return value instanceof PDFRef ? value : undefined;
}

/** The items of an array, each looked up. */
export const itemsIn = (dict: PDFDict | undefined, key: string): (PDFObject | undefined)[] =>
  arrayIn(dict, key)
    ?.asArray()
    .map((item) => dict?.context.lookup(item)) ?? [];

export function numbersIn(dict: PDFDict | undefined, key: string): number[] {
  return itemsIn(dict, key).map((item) => (item instanceof PDFNumber ? item.asNumber() : Number.NaN));
}

/** A rectangle with its corners in order, or undefined when it is none. */
export function rectangleIn(dict: PDFDict | undefined, key: string): Rectangle | undefined {
  const [x1, y1, x2, y2] = numbersIn(dict, key);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return undefined;
  if (![x1, y1, x2, y2].every(Number.isFinite)) return undefined;
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
}

export function matrixIn(dict: PDFDict | undefined): Matrix {
  const [a, b, c, d, e, f] = numbersIn(dict, 'Matrix');
  if (a === undefined || b === undefined || c === undefined || d === undefined) return IDENTITY;
  if (e === undefined || f === undefined || ![a, b, c, d, e, f].every(Number.isFinite)) return IDENTITY;
  return [a, b, c, d, e, f];
}
