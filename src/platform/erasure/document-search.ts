import type { AuditEntry } from '../audit/audit-entry.js';
import type { Tx } from '../database/unit-of-work.js';
import type { SoughtValue } from './sought-value.js';

/** What becomes of documents in whose files a value stands. */
export const DOCUMENT_ACTIONS = ['keep', 'delete'] as const;
export type DocumentAction = (typeof DOCUMENT_ACTIONS)[number];

/**
 * What became of a document in whose files the value stands, or that it stands in none (`clear`). `held` ones stay, since their
 * project is under legal hold; `gone` ones were deleted meanwhile.
 */
export type DocumentOutcome = 'clear' | 'found' | 'deleted' | 'held' | 'gone';

/** A document that was looked into. */
export interface SearchedDocument {
  readonly documentId: string;
  readonly outcome: DocumentOutcome;
  /** Of one that is clear as far as it could be read: the code of why the rest could not. */
  readonly unread: string | null;
}

/** Who is to stand in the log for what is deleted. */
export type DeletingActor = Pick<AuditEntry, 'actor' | 'requestId'>;

/** A way through the documents of an organization, in the order of their ids. */
export interface DocumentSearchRun {
  readonly organizationId: string;
  readonly action: DocumentAction;
  /** Changes nothing. */
  readonly isRehearsal: boolean;
  /** Aborts when nothing counts any more that is done. */
  readonly signal: AbortSignal;
  readonly by: DeletingActor;
  /** The document that was looked into last; empty before the first. */
  readonly after: string;
  /** The last one that is looked into. */
  readonly until: string;
  /** Notes outside of the database that a document is to be deleted, before it is. */
  announce(documentId: string): Promise<void>;
  /**
   * Told of every document, in their order.
   * @param tx the one that deletes it, where it is deleted
   */
  note(searched: SearchedDocument, tx?: Tx): Promise<void>;
}

/** Looks for values in the files of documents. The redaction module provides it, since it knows how to read them. */
export abstract class DocumentSearch {
  /** What there is to look into now: how many, and the last one's id, which is empty where there is none. */
  abstract extent(
    organizationId: string,
    db: Tx,
  ): Promise<{ readonly total: number; readonly until: string }>;

  /**
   * One document after another, each read outside of any transaction.
   * @throws AppError STORAGE_UNAVAILABLE; the signal's reason; what `run` throws
   */
  abstract search(value: SoughtValue, run: DocumentSearchRun): Promise<void>;

  /** Deletes a document without looking, unless it is held. */
  abstract delete(
    organizationId: string,
    documentId: string,
    by: DeletingActor,
    tx: Tx,
  ): Promise<Exclude<DocumentOutcome, 'clear' | 'found'>>;
}
