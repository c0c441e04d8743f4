/** A part of a document as it is searched. Offsets are UTF-16 code units of the text, end exclusive. */
export interface Chunk {
  readonly start: number;
  /** `text.slice(start, end)` is the chunk, letter by letter. */
  readonly end: number;
  /** On which it begins, from 1; null for formats without pages. */
  readonly page: number | null;
  /** On which it ends. */
  readonly lastPage: number | null;
  /** Titles above what it says, outermost first. */
  readonly headings: readonly string[];
  /** The row that names the columns, where the chunk begins within the table below it; else empty. */
  readonly context: string;
}

/** What is cut into chunks. Offsets are UTF-16 code units; all lists ascend, and nothing in them overlaps. */
export interface ChunkedDocument {
  readonly text: string;
  readonly pages: readonly { readonly number: number; readonly start: number }[];
  /** Level 1 is the highest. */
  readonly headings: readonly { readonly start: number; readonly end: number; readonly level: number }[];
  /** Their rows are lines. */
  readonly tables?: readonly {
    readonly start: number;
    readonly end: number;
    readonly header: { readonly start: number; readonly end: number } | null;
  }[];
}

/** How large chunks are, in UTF-16 code units. */
export interface ChunkSizes {
  /** Of the largest: 100 to 8,000. */
  readonly size: number;
  /** Of what a chunk may repeat of the one before it: 0 to half the size. */
  readonly overlap: number;
}

export const DEFAULT_SIZES: ChunkSizes = { size: 1_000, overlap: 100 };
export const SIZE_LIMITS = { least: 100, most: 8_000 } as const;
