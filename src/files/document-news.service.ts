import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { EventOutbox } from '../platform/outbox/event-outbox.js';
import type { StoredDocument } from './document.js';
import { DocumentCollectionsRegistry } from './document-collections.js';

/** A document as news tell of it. */
type Subject = Pick<StoredDocument, 'id' | 'organizationId' | 'projectId' | 'knowledgeBaseId' | 'fileId'>;

/** A redaction that was asked for with the upload. */
export interface AskedRedaction {
  /** Which grant opens the file's key: an id, of no use to whoever reads it. */
  readonly grantId: string;
  /** The policy to follow; null for the default one. */
  readonly processorId: string | null;
}

/** Why a document was deleted, and by whom: of `retention` nobody. */
export type DeletionCause =
  | { readonly reason: 'request'; readonly caller: Caller }
  | { readonly reason: 'retention' }
  | { readonly reason: 'erasure'; readonly by: Pick<AuditEntry, 'actor' | 'requestId'> };

/** Tells of documents in the transaction of what is told: an audit row and an event, of ids, sizes and states alone. */
@Injectable()
export class DocumentNews {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
    private readonly collections: DocumentCollectionsRegistry,
  ) {}

  /** @param redaction is the news of whoever redacts documents */
  async uploaded(
    caller: Caller,
    document: Omit<StoredDocument, 'name'>,
    redaction: AskedRedaction | undefined,
    tx: Tx,
  ): Promise<void> {
    const { id, organizationId, projectId, fileId, status, format, size } = document;
    const { details, ...entry } = auditOf(caller);
    const row = { ...entry, projectId, details: { ...details, format }, counts: { bytes: size } };
    await this.append({ ...row, action: 'document.uploaded', target: { type: 'document', id } }, tx);
    const place = { document_id: id, file_id: fileId, ...placeData(document) };
    const data = { ...place, status, format, size };
    const asked = redaction && askedData(redaction);
    await this.events.append(
      { organizationId, projectId, name: 'document.uploaded', data: { ...data, ...asked } },
      tx,
    );
  }

  /** Tells a knowledge base it was in, too. */
  async deleted(cause: DeletionCause, document: Subject, tx: Tx): Promise<void> {
    const { id, organizationId, projectId, knowledgeBaseId, fileId } = document;
    const { reason } = cause;
    const entry = entryOf(cause, organizationId);
    const row = { ...entry, projectId, action: 'document.deleted', target: { type: 'document', id } };
    await this.append({ ...row, details: { ...entry.details, reason } }, tx);
    const data = { document_id: id, file_id: fileId, ...placeData(document), reason };
    await this.events.append({ organizationId, projectId, name: 'document.deleted', data }, tx);
    if (knowledgeBaseId === null) return;
    const owner = { organizationId, projectId };
    await this.collections.get().removed(owner, { documentId: id, knowledgeBaseId }, tx);
  }

  private append(entry: AuditEntry, tx: Tx): Promise<void> {
    return this.audit.append(entry, tx);
  }
}

/** One of the two says where the document is: events of both kinds have the same name. */
const placeData = ({ projectId, knowledgeBaseId }: Pick<Subject, 'projectId' | 'knowledgeBaseId'>) => ({
  project_id: projectId,
  ...(knowledgeBaseId !== null && { knowledge_base_id: knowledgeBaseId }),
});

const askedData = ({ grantId, processorId }: AskedRedaction) => ({
  redact: true,
  grant_id: grantId,
  processor_id: processorId,
});

function entryOf(cause: DeletionCause, organizationId: string) {
  if (cause.reason === 'request') return auditOf(cause.caller);
  const retention = { actor: { type: 'system', id: 'retention' } as const, requestId: newId('req') };
  return { organizationId, ...(cause.reason === 'erasure' ? cause.by : retention), details: {} };
}
