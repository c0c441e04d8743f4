import { Injectable } from '@nestjs/common';
import { type PreparedRedactedFile, RedactedFiles } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import { PermanentTaskError } from '../../platform/queue/task-handler.js';
import type { RedactionReport } from '../documents/redaction-report.js';
import type { RedactionOrder, RedactionRef } from './redaction.js';
import { RedactionSealer } from './redaction.sealer.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';
import { RedactionNewsWriter } from './redaction-news.service.js';
import { RedactionReportsRepository } from './redaction-reports.repository.js';

/** A document that was redacted, before anybody can see it. */
export interface RedactedResult {
  readonly file: PreparedRedactedFile;
  readonly report: RedactionReport;
}

/** Makes a redacted document visible: file, report, statuses and news, all in the transaction that ends its task. */
@Injectable()
export class RedactionCompletion {
  constructor(
    private readonly files: RedactedFiles,
    private readonly documents: RedactionDocumentsRepository,
    private readonly reports: RedactionReportsRepository,
    private readonly sealer: RedactionSealer,
    private readonly news: RedactionNewsWriter,
  ) {}

  /** @throws PermanentTaskError DOCUMENT_GONE, STORAGE_QUOTA_EXCEEDED */
  async complete(
    redaction: RedactionRef,
    order: RedactionOrder,
    { file: prepared, report }: RedactedResult,
    tx: Tx,
  ): Promise<void> {
    const { organizationId, redactionId } = redaction;
    const { id: redactedFileId, documentId, projectId, size: redactedSize } = prepared.file;
    // It locks the project, and so comes before the rows of documents.
    if ((await this.attach(prepared, tx)) === 'gone') throw new PermanentTaskError('DOCUMENT_GONE');
    const { redactions } = report;
    const result = { redactions, redactedFileId, redactedSize };
    if (!(await this.documents.complete(redaction, documentId, result, tx))) {
      throw new PermanentTaskError('DOCUMENT_GONE');
    }
    const version = await this.reports.nextVersion(organizationId, documentId, tx);
    const place = { organizationId, documentId, version };
    const sealed = await this.sealer.sealReport(place, report, tx);
    await this.reports.put(place, { redactionId, redactedFileId }, sealed, tx);
    await this.news.redacted({ organizationId, projectId, documentId, redactionId }, order, report, tx);
  }

  /** A full quota stays full: the document is not redacted again and again for it. */
  private async attach(prepared: PreparedRedactedFile, tx: Tx) {
    try {
      return await this.files.attach(prepared, tx);
    } catch (error) {
      const isFull = error instanceof AppError && error.code === 'STORAGE_QUOTA_EXCEEDED';
      throw isFull ? new PermanentTaskError(error.code, { cause: error }) : error;
    }
  }
}
