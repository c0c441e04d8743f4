import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../platform/http/listing.js';
import type { Caller } from '../platform/http/request-context.js';
import type { ProjectOwner } from '../projects/index.js';
import type { DocumentFilter, DocumentStatus, StoredDocument } from './document.js';
import { DocumentLookups } from './document-lookups.service.js';
import { DocumentRemoval } from './document-removal.service.js';
import { DocumentsRepository } from './documents.repository.js';
import { DocumentsService } from './documents.service.js';

/** What the feature that has knowledge bases needs of the documents in them. */
@Injectable()
export class CollectedDocuments {
  constructor(
    private readonly reading: DocumentsService,
    private readonly removal: DocumentRemoval,
    private readonly documents: DocumentsRepository,
    private readonly lookups: DocumentLookups,
  ) {}

  /** @throws AppError NOT_FOUND */
  get(caller: Caller, id: string): Promise<StoredDocument> {
    return this.reading.getDocument(caller, id);
  }

  list(caller: Caller, filter: DocumentFilter, listing: Listing): Promise<Listed<StoredDocument>> {
    return this.reading.listDocuments(caller, filter, listing);
  }

  /** The names of documents by their ids; those that are gone are left out. */
  namesOf(organizationId: string, ids: readonly string[], db: Tx): Promise<ReadonlyMap<string, string>> {
    return this.reading.namesOf(organizationId, ids, db);
  }

  setStatus(organizationId: string, id: string, status: DocumentStatus, tx: Tx): Promise<void> {
    return this.documents.setStatus(organizationId, id, status, tx);
  }

  /** @throws AppError NOT_FOUND, LEGAL_HOLD */
  remove(caller: Caller, id: string, tx: Tx): Promise<void> {
    return this.removal.deleteDocument(caller, id, tx);
  }

  /** All that a knowledge base holds. @throws AppError NOT_FOUND, LEGAL_HOLD */
  removeAll(caller: Caller, owner: ProjectOwner, knowledgeBaseId: string, tx: Tx): Promise<void> {
    return this.removal.deleteCollected(caller, owner, knowledgeBaseId, tx);
  }

  /** What a name is found by that lies sealed. Not to be used inside of a transaction. */
  lookupOf(organizationId: string, name: string): Promise<Buffer> {
    return this.lookups.ofName(organizationId, name);
  }
}
