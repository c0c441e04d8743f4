import type { PDFRef } from '@cantoo/pdf-lib';

/** Codes that content shows in one font, read as one byte each and as two. */
export class UsedCodes {
  readonly #bytes = new Uint8Array(256);
  readonly #pairs = new Uint8Array(65_536);

  add(shown: string): void {
    for (let at = 0; at < shown.length; at++) this.#bytes[shown.charCodeAt(at)] = 1;
    for (let at = 0; at + 1 < shown.length; at += 2) {
      this.#pairs[(shown.charCodeAt(at) << 8) | shown.charCodeAt(at + 1)] = 1;
    }
  }

  addAll(other: UsedCodes): void {
    for (const code of other.list(1)) this.#bytes[code] = 1;
    for (const code of other.list(2)) this.#pairs[code] = 1;
  }

  has(code: number, width: 1 | 2): boolean {
    return (width === 1 ? this.#bytes : this.#pairs)[code] === 1;
  }

  list(width: 1 | 2): number[] {
    const used = width === 1 ? this.#bytes : this.#pairs;
    const codes: number[] = [];
    for (let code = used.indexOf(1); code >= 0; code = used.indexOf(1, code + 1)) codes.push(code);
    return codes;
  }
}

/** What a document shows in each of its fonts. */
export class FontUsage {
  readonly #fonts = new Map<PDFRef, UsedCodes>();

  add(font: PDFRef, shown: string): void {
    const used = this.#fonts.get(font) ?? new UsedCodes();
    used.add(shown);
    this.#fonts.set(font, used);
  }

  entries(): Iterable<[PDFRef, UsedCodes]> {
    return this.#fonts;
  }
}
