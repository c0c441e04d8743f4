import type { DocumentFailureCode } from '../../document-failure.js';
import type { DocumentPolicy, Region } from '../../document-policy.js';
import type { RemovedKind, ResidualRisk } from '../../redaction-report.js';

/** A place that holds a planted value in the original, and may not in the redacted document. */
export interface Carrier {
  /** Stands beside the value, so that a leak names where it comes from. */
  readonly label: string;
  readonly value: string;
}

/** One PDF, and what has to become of it. */
export interface PdfFixture {
  readonly name: string;
  readonly make: () => Uint8Array | Promise<Uint8Array>;
  /** Each is to be found in the original by at least one oracle: a test of something that is not there cannot fail. */
  readonly carriers: readonly Carrier[];
  /** Whole strings that the redacted document still shows, beside the multiset of characters that is always compared. */
  readonly kept: readonly string[];
  readonly policy?: Partial<DocumentPolicy>;
  /** The only right outcome is this refusal. */
  readonly refused?: DocumentFailureCode;
  /** This refusal is as right as a redacted document that holds nothing. */
  readonly mayRefuse?: DocumentFailureCode;
  /** The one program whose reading of the original is the measure of what stays; both when absent. */
  readonly measuredBy?: 'poppler' | 'mupdf';
  /** Characters that may go with their neighbours; none when absent. */
  readonly mayLose?: number;
  /** What the report has to name. */
  readonly reports?: { readonly removed?: readonly RemovedKind[]; readonly risks?: readonly ResidualRisk[] };
  /** How many values the report has to count. */
  readonly redactions?: number;
  /** The text is in pixels: the areas have one colour afterwards, on the page and in every image of the file. */
  readonly pixels?: readonly Region[];
  /** Source that is in the original, and may not be in the redacted document: coordinates of drawings. */
  readonly gone?: readonly string[];
  /** Text that a reader of pixels finds in the original. */
  readonly readable?: readonly string[];
  /** Text that a reader of pixels still finds in the redacted document. */
  readonly readsAfter?: readonly string[];
  /** Characters that embedded fonts may neither map to nor have an outline for any more. */
  readonly letters?: string;
  /** Letters may stay in fonts when the report names that as a risk. */
  readonly mayKeepLetters?: boolean;
  /** Areas that look afterwards as they did before, to the pixel. */
  readonly unchanged?: readonly Region[];
  /** A page of pixels: whatever is kept cannot be extracted as text. */
  readonly raster?: boolean;
}

export const carrier = (label: string, value: string): Carrier => ({ label, value });

/** Label and value as they stand beside each other. */
export const shown = ({ label, value }: Carrier): string => `${label} ${value}`;
