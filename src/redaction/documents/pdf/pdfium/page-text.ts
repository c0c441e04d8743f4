import type { Rectangle } from '../content/matrix.js';
import type { PdfiumLibrary } from './pdfium-library.js';

/** Bytes of four doubles. */
const BOX = 32;

/**
 * The characters of a page as PDFium reads them: in the order of the content, with spaces and line ends that it adds where
 * it sees gaps. Good only within {@link withPageText}.
 */
export class PageText {
  /** Unicode values; what PDFium makes of a hyphen at the end of a line is U+0002. */
  readonly codes: Uint32Array;
  readonly #text: number;
  readonly #library: PdfiumLibrary;
  readonly #box: number;

  constructor(library: PdfiumLibrary, text: number, box: number) {
    const { call } = library;
    const count = Math.max(0, call.FPDFText_CountChars(text));
    this.#library = library;
    this.#text = text;
    this.#box = box;
    this.codes = new Uint32Array(count);
    for (let index = 0; index < count; index++) this.codes[index] = call.FPDFText_GetUnicode(text, index);
  }

  /** The box around a character's outline, in the page's own space. */
  boxOf(index: number): Rectangle {
    const box = this.#box;
    this.#library.call.FPDFText_GetCharBox(this.#text, index, box, box + 8, box + 16, box + 24);
    const [left = 0, right = 0, bottom = 0, top = 0] = this.#library.doubles.subarray(
      box >> 3,
      (box >> 3) + 4,
    );
    return { left, right, bottom, top };
  }

  /** Where a character stands on its line, in the page's own space. */
  originOf(index: number): { readonly x: number; readonly y: number } {
    const box = this.#box;
    this.#library.call.FPDFText_GetCharOrigin(this.#text, index, box, box + 8);
    const [x = 0, y = 0] = this.#library.doubles.subarray(box >> 3, (box >> 3) + 2);
    return { x, y };
  }

  /** Size of a character's font as it is drawn, in points. */
  sizeOf(index: number): number {
    const box = this.#box;
    const { call } = this.#library;
    if (call.FPDFText_GetMatrix(this.#text, index, box) === 0) return 0;
    const [, , c = 0, d = 0] = this.#library.floats.subarray(box >> 2, (box >> 2) + 4);
    return call.FPDFText_GetFontSize(this.#text, index) * Math.hypot(c, d);
  }

  /** How bold a character's font is, 400 being usual; 0 or less where it does not say. */
  weightOf(index: number): number {
    return this.#library.call.FPDFText_GetFontWeight(this.#text, index);
  }

  /** The longest run of characters of which the font does not say what they are. */
  get longestUnreadable(): number {
    let longest = 0;
    let run = 0;
    for (let index = 0; index < this.codes.length; index++) {
      const unreadable = this.#library.call.FPDFText_HasUnicodeMapError(this.#text, index) === 1;
      run = unreadable ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}

/** Runs work on the text of a page that is open. */
export function withPageText<T>(library: PdfiumLibrary, page: number, work: (text: PageText) => T): T {
  const { call } = library;
  const text = call.FPDFText_LoadPage(page);
  const box = library.allocate(BOX);
  const result = work(new PageText(library, text, box));
  call.free(box);
  call.FPDFText_ClosePage(text);
  return result;
}
