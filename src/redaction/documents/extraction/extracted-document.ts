/** Where a page begins. */
export interface PageStart {
  /** From 1. */
  readonly number: number;
  /** Of its first character; that of the next page where it has none. */
  readonly start: number;
}

/** A title as it stands in the text, without the signs around it. */
export interface Heading {
  readonly start: number;
  readonly end: number;
  /** 1 is the highest, 6 the lowest. */
  readonly level: number;
}

/** Lines of the text that are rows of one table, cells parted by ` | `. */
export interface TableArea {
  readonly start: number;
  readonly end: number;
  /** Of the row that names the columns; null where none does. */
  readonly header: { readonly start: number; readonly end: number } | null;
}

/** What of a document did not become text. */
export interface Gap {
  /**
   * - `PAGES_WITHOUT_TEXT`: pages that show something and have no text, as scans do
   * - `PAGES_UNREADABLE`: pages that are damaged
   * - `CHARACTERS_UNREADABLE`: pages whose fonts do not tell what some characters are
   * - `PICTURES_NOT_READ`: pictures are all that the document shows
   */
  readonly reason: 'PAGES_WITHOUT_TEXT' | 'PAGES_UNREADABLE' | 'CHARACTERS_UNREADABLE' | 'PICTURES_NOT_READ';
  /** Numbers of the pages, ascending; empty for formats without pages. */
  readonly pages: readonly number[];
}

/** A document as text. All offsets are UTF-16 code units of it, ends exclusive. */
export interface ExtractedDocument {
  /**
   * Lines end in `\n`, paragraphs are parted by `\n\n`; items of a list and rows of a table are lines. Without blanks at
   * either end, NUL, other control characters than tabs, and lone surrogates.
   */
  readonly text: string;
  /** Ascending; empty for formats without pages. */
  readonly pages: readonly PageStart[];
  /** Ascending; none overlaps another. */
  readonly headings: readonly Heading[];
  /** Ascending; none overlaps another. */
  readonly tables: readonly TableArea[];
  /** Null for formats without pages. */
  readonly pageCount: number | null;
  /** What the document calls itself; null when it does not say. At most 500 characters. */
  readonly title: string | null;
  /** Whether there are gaps. */
  readonly isPartial: boolean;
  readonly gaps: readonly Gap[];
}

/** Longest text of one document, in UTF-16 code units: some ten thousand pages. */
export const MOST_CHARACTERS = 20_000_000;
