import type { RedactionOptions } from '../engine/operators/redaction.js';

/** A rectangle of a page in fractions of its width and height as it is shown, measured from the top left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An area somebody marked by hand. */
export interface Region extends Area {
  /** From 1; every page when absent. */
  readonly page?: number;
}

/** How removed areas look on a page. */
export interface Look {
  /** Of the boxes: `#rrggbb`. */
  readonly color: string;
  /** Writes the placeholder of the type into every box that has room for it. */
  readonly label: boolean;
}

export const DEFAULT_LOOK: Look = { color: '#000000', label: false };

/** What a redaction removes beside what its detector finds, and what stands in its place. Plain JSON. */
export interface DocumentPolicy {
  /** Removed wherever they stand, in any case, and across any white space. */
  readonly searchTerms: readonly string[];
  /** Of formats with pages; elsewhere a policy that has some is refused. */
  readonly regions: readonly Region[];
  /** Rather a page of pixels, or no document at all, than any doubt. */
  readonly strict: boolean;
  readonly look: Look;
  /** Of placeholders in text. */
  readonly placeholders: RedactionOptions;
  /** Opens a document that is encrypted itself. */
  readonly documentPassword?: string;
}
