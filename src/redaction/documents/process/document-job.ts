import type { FingerprintSet } from '../../../platform/fingerprints/fingerprint-set.js';
import type { DetectionOptions } from '../../detection-options.js';
import type { DocumentFailureCode } from '../document-failure.js';
import type { Inspection, PageImage, RedactedDocument, Step } from '../document-handler.js';
import type { DocumentPolicy } from '../document-policy.js';
import type { ExtractedDocument } from '../extraction/extracted-document.js';

/** A document and what is to be done to it. All of it may be personal, so it goes from process to process and nowhere else. */
export interface DocumentJob {
  readonly format: string;
  /** Of the file. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: DetectionOptions;
  readonly policy: DocumentPolicy;
  /** Of the organization's own values, which are found too. */
  readonly secrets?: FingerprintSet | undefined;
  /** Longest time for it, in seconds. */
  readonly timeoutSeconds?: number;
}

/** The same before its turn: the document is read when it comes, so that no more lie in memory than are handled. */
export interface DocumentOrder extends Omit<DocumentJob, 'bytes' | 'secrets'> {
  /** The whole document. What it throws is thrown to whoever ordered. */
  readonly read: () => Promise<Uint8Array>;
  /** The organization's own values as they are by then. */
  readonly secrets?: () => Promise<FingerprintSet | undefined>;
}

/** A document whose text is asked for. */
export interface ExtractionJob {
  readonly format: string;
  readonly bytes: Uint8Array;
  /** Opens an encrypted document. */
  readonly password?: string | undefined;
}

/** The same before its turn. */
export interface ExtractionOrder extends Omit<ExtractionJob, 'bytes'> {
  /** The whole document. What it throws is thrown to whoever ordered. */
  readonly read: () => Promise<Uint8Array>;
  /** Longest time for it, in seconds. */
  readonly timeoutSeconds?: number;
}

/** Which page is to be shown. */
export interface PageRequest {
  /** From 1. */
  readonly page: number;
  /** Of the picture, in pixels. */
  readonly width: number;
  /** Whether boxes show what would be removed. */
  readonly marked: boolean;
}

/** A redacted document with its file's name, in which nothing that was found is left either. */
export interface RedactedFile extends RedactedDocument {
  readonly name: string;
}

/** What is asked of a document's process. */
export type DocumentRequest =
  | { readonly kind: 'redact'; readonly job: DocumentJob }
  | { readonly kind: 'inspect'; readonly job: DocumentJob }
  | { readonly kind: 'render'; readonly job: DocumentJob; readonly page: PageRequest }
  | { readonly kind: 'extract'; readonly job: ExtractionJob };

/** What comes of a request, by its kind. */
export type DocumentResult = RedactedFile | Inspection | PageImage | ExtractedDocument;

/** What it answers: steps, and one last message. */
export type DocumentReply =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'done'; readonly result: DocumentResult }
  | { readonly kind: 'failure'; readonly code: DocumentFailureCode; readonly page: number | undefined }
  /** There is no such page. */
  | { readonly kind: 'range' }
  /** A fault of ours: the name of the error alone, since its message may hold content. */
  | { readonly kind: 'fault'; readonly name: string };
