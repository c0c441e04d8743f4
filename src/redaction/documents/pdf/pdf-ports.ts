import type { DocumentTask } from '../document-handler.js';
import type { Check, RedactionReport } from '../redaction-report.js';

/** A value that was removed. Lives as long as the work on its document, and enters no report. */
export interface RemovedValue {
  /** As clients know it: `PERSON_NAME`. */
  readonly type: string;
  readonly text: string;
  /** From 1. */
  readonly page: number;
}

/** What a removal hands over for verification. */
export interface Removal {
  /** The finished document, which nobody has looked at again yet. */
  readonly bytes: Uint8Array;
  readonly values: readonly RemovedValue[];
  /** What should be left of each page's text, in the page's order; white space says nothing. */
  readonly kept: readonly string[];
  /** All of the report but its verification. */
  readonly report: Omit<RedactionReport, 'verification'>;
}

/** Removes what a task asks for from a PDF. Nobody trusts it: see {@link RemovalVerifier}. */
export interface PdfRedactor {
  remove(document: Uint8Array, task: DocumentTask): Promise<Removal>;
}

/** Looks at a finished document by other means than those that made it. */
export interface RemovalVerifier {
  /**
   * The checks that were made, all passed.
   * @throws DocumentFailure `REDACTION_UNVERIFIED`
   */
  verify(removal: Removal, task: DocumentTask): Promise<readonly Check[]>;
}
