import type { FindsIn } from '../engine/analysis.js';
import type { Area, DocumentPolicy } from './document-policy.js';
import type { RedactionReport } from './redaction-report.js';

/** How far the work on one document is. */
export interface Step {
  readonly stage: 'reading' | 'finding' | 'removing' | 'verifying';
  /** Of `total` units of the stage: pages or parts. */
  readonly done: number;
  readonly total: number;
}

/** What is asked of a handler. */
export interface DocumentTask {
  readonly policy: DocumentPolicy;
  /** Finds personal data and search terms alike. */
  readonly detector: FindsIn;
  /** Told at least once a page or part: who is silent for too long is taken for stuck. */
  readonly progress: (step: Step) => void;
}

export interface RedactedDocument {
  readonly bytes: Uint8Array;
  readonly report: RedactionReport;
}

/** A place that would be removed. */
export interface DocumentFinding {
  /** As clients know it: `PERSON_NAME`, `REGION` for an area marked by hand. */
  readonly type: string;
  /** On the scale clients see, 0 to 1. */
  readonly confidence: number;
  /** What stands there; empty for a region. Goes to the document's reader alone, and is never stored. */
  readonly text: string;
  /** From 1; null for formats without pages. */
  readonly page: number | null;
  /** Where it is on the page; empty for formats without pages. */
  readonly areas: readonly Area[];
}

/** What a redaction would remove. */
export interface Inspection {
  readonly pages: number | null;
  readonly findings: readonly DocumentFinding[];
}

/** A page as a picture. */
export interface PageImage {
  /** PNG. */
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Redacts documents of one format: reads, finds, removes, and looks at the finished bytes again by other means. Every
 * method throws {@link DocumentFailure} rather than to hand out anything doubtful. Knows no framework, database, file or
 * network; runs in a process of its own.
 */
export interface DocumentHandler {
  redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument>;
  /** Refuses what {@link redact} would refuse before it removes anything. */
  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection>;
  /**
   * Formats with pages only: one page, with boxes drawn over what would be removed, or as it is.
   * @param page from 1
   * @param width of the picture, in pixels
   */
  render?(
    document: Uint8Array,
    task: DocumentTask,
    page: number,
    width: number,
    marked: boolean,
  ): Promise<PageImage>;
}
