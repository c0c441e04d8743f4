import type { Step } from '../document-handler.js';
import type { ExtractedDocument } from './extracted-document.js';

/** What an extractor is told and tells. */
export interface ExtractionTask {
  /** Opens an encrypted document; formats without passwords pass over it. */
  readonly password?: string | undefined;
  /** Told at least once a page or part: who is silent for too long is taken for stuck. */
  readonly progress: (step: Step) => void;
}

/**
 * Reads documents of one format as text. Throws {@link DocumentFailure} for a file that cannot be read; what is there
 * but is no text, a scanned page for one, is a gap of the result instead. Knows no framework, database, file or network.
 */
export type Extractor = (document: Uint8Array, task: ExtractionTask) => Promise<ExtractedDocument>;
