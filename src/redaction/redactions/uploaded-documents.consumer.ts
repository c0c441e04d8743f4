import { Injectable } from '@nestjs/common';
import { Grants } from '../../crypto/index.js';
import { type RedactableDocument, RedactedFiles } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import { lastingRequester } from '../../platform/http/lasting-requester.js';
import type { StoredEvent } from '../../platform/outbox/event.js';
import { EventConsumer } from '../../platform/outbox/event-consumer.js';
import { RedactionIntake } from './redaction-intake.service.js';
import { RedactionNewsWriter } from './redaction-news.service.js';
import { RedactionPreparation } from './redaction-preparation.service.js';

/** What the upload asked for. */
interface Asked {
  readonly documentId: string;
  readonly grantId: string;
  readonly processorId: string | undefined;
}

/** Redacts documents that were uploaded with `redact: true`, for whoever uploaded them. */
@Injectable()
export class UploadedDocuments extends EventConsumer {
  readonly name = 'redaction.uploads';
  readonly events = ['document.uploaded'];

  constructor(
    private readonly files: RedactedFiles,
    private readonly preparation: RedactionPreparation,
    private readonly intake: RedactionIntake,
    private readonly grants: Grants,
    private readonly news: RedactionNewsWriter,
  ) {
    super();
  }

  /** A document that is in another redaction has to wait for its end. @throws AppError REDACTION_RUNNING */
  async handle({ organizationId, projectId, data }: StoredEvent, tx: Tx): Promise<void> {
    const asked = askedOf(data);
    if (!asked || projectId === null) return;
    const [document] = await this.files.listRedactable(organizationId, projectId, [asked.documentId], tx);
    // Its grant went with it.
    if (!document) return;
    try {
      const requester = lastingRequester(document);
      const prepared = await this.preparation.prepareGranted(requester, document, asked, tx);
      await this.intake.store(requester, prepared, tx);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.refuse(document, asked, tx);
    }
  }

  /** The policy or the project has changed since the upload, so that what was asked for cannot be done. */
  private async refuse(
    { organizationId, projectId, id: documentId }: RedactableDocument,
    { grantId }: Asked,
    tx: Tx,
  ): Promise<void> {
    await this.files.setRedactionStatus(organizationId, [documentId], 'failed', tx);
    await this.grants.withdraw(organizationId, [grantId], tx);
    await this.news.failed({ organizationId, projectId, documentId, redactionId: null }, tx);
  }
}

function askedOf({ redact, document_id, grant_id, processor_id }: StoredEvent['data']): Asked | undefined {
  if (redact !== true || typeof document_id !== 'string' || typeof grant_id !== 'string') return undefined;
  const processorId = typeof processor_id === 'string' ? processor_id : undefined;
  return { documentId: document_id, grantId: grant_id, processorId };
}

/** All of them are thrown before anything is written. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && error.row.status < 500 && error.code !== 'REDACTION_RUNNING';
