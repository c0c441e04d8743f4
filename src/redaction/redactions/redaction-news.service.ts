import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import type { RedactionReport } from '../documents/redaction-report.js';
import { countsOfRemoved } from '../entity-counts.js';
import { policyDetails } from '../text.service.js';
import type { RedactionOrder } from './redaction.js';

/** A document whose redaction has ended. */
export interface ProcessedDocument {
  readonly organizationId: string;
  readonly projectId: string;
  readonly documentId: string;
  /** Null of one that never began. */
  readonly redactionId: string | null;
}

/** Tells of redacted documents in the transaction of what is told, by ids and counts alone. */
@Injectable()
export class RedactionNewsWriter {
  constructor(
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
  ) {}

  async redacted(
    document: ProcessedDocument,
    { request, settled }: RedactionOrder,
    { format, entities, redactions, regions }: RedactionReport,
    tx: Tx,
  ): Promise<void> {
    const { organizationId, projectId, documentId, redactionId } = document;
    await this.audit.append(
      {
        ...request,
        organizationId,
        projectId,
        action: 'document.redacted',
        target: { type: 'document', id: documentId },
        counts: { ...countsOfRemoved(entities), regions },
        details: {
          ...request.details,
          redaction_id: redactionId ?? undefined,
          format,
          ...policyDetails(settled.policy),
        },
      },
      tx,
    );
    await this.processed(document, 'completed', redactions, tx);
  }

  failed(document: ProcessedDocument, tx: Tx): Promise<void> {
    return this.processed(document, 'failed', 0, tx);
  }

  private processed(
    { organizationId, projectId, documentId, redactionId }: ProcessedDocument,
    status: 'completed' | 'failed',
    found: number,
    tx: Tx,
  ): Promise<void> {
    const data = {
      document_id: documentId,
      project_id: projectId,
      status,
      redactions_found: found,
      redaction_id: redactionId,
    };
    return this.events.append({ organizationId, projectId, name: 'document.processed', data }, tx);
  }
}
