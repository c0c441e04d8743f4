import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { DeletingActor } from '../platform/erasure/document-search.js';
import type { FileKind } from './document.js';
import { DocumentRemoval } from './document-removal.service.js';
import { DocumentsRepository, type SearchableDocument } from './documents.repository.js';
import { FileReading, type OpenedDocument } from './redacted/file-reading.service.js';

export type { SearchableDocument };

/** What looking for a value in all files of an organization needs of documents, be they a project's or a knowledge base's. */
@Injectable()
export class SearchableDocuments {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly reading: FileReading,
    private readonly removal: DocumentRemoval,
  ) {}

  /** How many there are, and the last of their ids; empty where there is none. */
  extent(organizationId: string, db: Tx): Promise<{ readonly total: number; readonly until: string }> {
    return this.documents.extent(organizationId, db);
  }

  /** The next ones behind an id, up to another one, in the order of their ids. */
  list(
    organizationId: string,
    after: string,
    until: string,
    limit: number,
    db: Tx,
  ): Promise<SearchableDocument[]> {
    return this.documents.listBetween(organizationId, after, until, limit, db);
  }

  /**
   * Opens a file of a document, if no password protects it.
   * @throws AppError NOT_FOUND, PASSWORD_REQUIRED, FILE_UNREADABLE, STORAGE_UNAVAILABLE
   */
  open(organizationId: string, documentId: string, kind: FileKind, db: Tx): Promise<OpenedDocument> {
    return this.reading.open({ organizationId, documentId }, kind, undefined, db);
  }

  /** Deletes one with its files, and with all that was made of it, unless its project is under legal hold. */
  delete(
    organizationId: string,
    documentId: string,
    by: DeletingActor,
    tx: Tx,
  ): Promise<'deleted' | 'held' | 'gone'> {
    return this.removal.deleteErased(organizationId, documentId, by, tx);
  }
}
