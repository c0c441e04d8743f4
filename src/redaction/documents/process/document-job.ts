import type { DetectionOptions } from '../../detection-options.js';
import type { DocumentFailureCode } from '../document-failure.js';
import type { Inspection, PageImage, RedactedDocument, Step } from '../document-handler.js';
import type { DocumentPolicy } from '../document-policy.js';

/** A document and what is to be done to it. All of it may be personal, so it goes from process to process and nowhere else. */
export interface DocumentJob {
  readonly format: string;
  /** Of the file. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: DetectionOptions;
  readonly policy: DocumentPolicy;
  /** Longest time for it, in seconds. */
  readonly timeoutSeconds?: number;
}

/** The same before its turn: the document is read when it comes, so that no more lie in memory than are handled. */
export interface DocumentOrder extends Omit<DocumentJob, 'bytes'> {
  /** The whole document. What it throws is thrown to whoever ordered. */
  readonly read: () => Promise<Uint8Array>;
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
  | { readonly kind: 'render'; readonly job: DocumentJob; readonly page: PageRequest };

/** What it answers: steps, and one last message. */
export type DocumentReply =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'done'; readonly result: RedactedFile | Inspection | PageImage }
  | { readonly kind: 'failure'; readonly code: DocumentFailureCode; readonly page: number | undefined }
  /** There is no such page. */
  | { readonly kind: 'range' }
  /** A fault of ours: the name of the error alone, since its message may hold content. */
  | { readonly kind: 'fault'; readonly name: string };
