import { PDFArray, PDFNumber } from '@cantoo/pdf-lib';

const MOST_CODES = 65_536;

/** The widths of a composite font (ISO 32000-1, 9.7.4.3) for some of its codes, in the same form: a code, then a list. */
export function prunedWidths(widths: PDFArray, isUsed: (code: number) => boolean): (number | number[])[] {
  const kept = [...widthsByCode(widths)].filter(([code]) => isUsed(code)).sort(([a], [b]) => a - b);
  const result: (number | number[])[] = [];
  let before = Number.NaN;
  for (const [code, width] of kept) {
    const list = result.at(-1);
    if (code === before + 1 && Array.isArray(list)) list.push(width);
    else result.push(code, [width]);
    before = code;
  }
  return result;
}

function widthsByCode(widths: PDFArray): Map<number, number> {
  const byCode = new Map<number, number>();
  for (let at = 0; at + 1 < widths.size(); ) {
    const first = numberAt(widths, at);
    const second = widths.lookup(at + 1);
    if (second instanceof PDFArray) {
      for (let index = 0; index < second.size(); index++) byCode.set(first + index, numberAt(second, index));
      at += 2;
      continue;
    }
    const last = Math.min(numberAt(widths, at + 1), first + MOST_CODES);
    for (let code = first; code <= last; code++) byCode.set(code, numberAt(widths, at + 2));
    at += 3;
  }
  return byCode;
}

function numberAt(array: PDFArray, index: number): number {
  const value = index < array.size() ? array.lookup(index) : undefined;
  return value instanceof PDFNumber ? value.asNumber() : 0;
}
