import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { ProjectOwner } from '../../projects/index.js';
import type { RedactionStatus, StoredDocument } from '../document.js';
import {
  FileReading,
  type GivenKey,
  type OpenedDocument,
  type RedactableDocument,
} from './file-reading.service.js';
import { type Attached, RedactedAttachment } from './redacted-attachment.service.js';
import { type PreparedRedactedFile, RedactedPreparation } from './redacted-preparation.service.js';

/** Which document. */
export interface DocumentPlace {
  readonly organizationId: string;
  readonly documentId: string;
}

/**
 * What background work needs to make redacted files of documents: the original is read, the copy stored beside it, each
 * document has at most one. Callers answer for who may do it, and for the audit log.
 */
@Injectable()
export class RedactedFiles {
  constructor(
    private readonly reading: FileReading,
    private readonly preparation: RedactedPreparation,
    private readonly attachment: RedactedAttachment,
  ) {}

  /**
   * Documents of a project, of any format, in the order they were uploaded: all of them, or those of these ids that are
   * there.
   */
  listRedactable(
    organizationId: string,
    projectId: string,
    documentIds: readonly string[] | undefined,
    db: Tx,
  ): Promise<RedactableDocument[]> {
    return this.reading.listRedactable({ organizationId, projectId }, documentIds, db);
  }

  /** The name of a document that was listed. */
  nameOf(document: RedactableDocument, db: Tx): Promise<string> {
    return this.reading.nameOf(document, db);
  }

  /**
   * The keys of files, originals and redacted ones alike, by the files' ids: one password for all of them. What is gone,
   * of another project or damaged is left out. Slow where the project has a password, so outside of transactions.
   * @throws AppError PASSWORD_REQUIRED, INVALID_PASSWORD, NOT_FOUND when the project is gone
   */
  fileKeysOf(
    owner: ProjectOwner,
    password: string | undefined,
    fileIds: readonly string[],
  ): Promise<ReadonlyMap<string, Buffer>> {
    return this.reading.fileKeysOf(owner, password, fileIds);
  }

  /** @throws AppError NOT_FOUND */
  fileIdOf(place: DocumentPlace, db: Tx): Promise<string> {
    return this.reading.fileIdOf(place, db);
  }

  /**
   * Opens the file that was uploaded; its bytes are verified before they come, and damage that shows late ends the
   * stream with an error.
   * @param key of the file; undefined opens what no password protects
   * @throws AppError NOT_FOUND, PASSWORD_REQUIRED, FILE_UNREADABLE, STORAGE_UNAVAILABLE
   */
  openOriginal(place: DocumentPlace, key: GivenKey | undefined, db: Tx): Promise<OpenedDocument> {
    return this.reading.open(place, 'original', key, db);
  }

  /** The same for the redacted file; NOT_FOUND when the document has none. `document.name` is the document's own. */
  openRedacted(place: DocumentPlace, key: GivenKey | undefined, db: Tx): Promise<OpenedDocument> {
    return this.reading.open(place, 'redacted', key, db);
  }

  /**
   * Stores a redacted copy, encrypted like every file, that nothing refers to yet. It must be attached within a minute;
   * left alone it is removed after that.
   * @param name shown for the copy; cleaned like that of an upload
   * @throws AppError STORAGE_FULL, STORAGE_UNAVAILABLE, NOT_FOUND when the project is gone; the signal's reason
   */
  prepare(
    document: StoredDocument,
    bytes: Uint8Array | Readable,
    name: string,
    signal: AbortSignal,
  ): Promise<PreparedRedactedFile> {
    return this.preparation.prepare(document, bytes, name, signal);
  }

  /** Removes a copy that no transaction attached. Never throws, and harms nothing when one did. */
  abandon(prepared: PreparedRedactedFile): Promise<void> {
    return this.preparation.abandon(prepared);
  }

  /**
   * Makes the copy the document's redacted file, in place of an earlier one, and the document processed. Locks the
   * project, so it comes before anything in the transaction that a deletion of the document would touch too.
   * @returns 'gone' when the document was deleted meanwhile; then the copy is removed
   * @throws AppError STORAGE_QUOTA_EXCEEDED; STORAGE_UNAVAILABLE when the copy waited for too long
   */
  attach(prepared: PreparedRedactedFile, tx: Tx): Promise<Attached> {
    return this.attachment.attach(prepared, tx);
  }

  /**
   * Shows how the redaction of documents goes. `none` takes back what was queued or running: a document is then as if it
   * had not been asked for. A document that has a redacted file stays `processed` and, but for a failure, `completed`.
   * Locks the projects; see {@link attach}. Documents that are gone do not matter.
   */
  setRedactionStatus(
    organizationId: string,
    documentIds: readonly string[],
    status: Exclude<RedactionStatus, 'completed'>,
    tx: Tx,
  ): Promise<void> {
    return this.attachment.setRedactionStatus(organizationId, documentIds, status, tx);
  }
}
