import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { DocumentOutcome } from './redaction.js';
import { RedactionSealer } from './redaction.sealer.js';
import { RedactionReportsRepository } from './redaction-reports.repository.js';

/** What became of documents. */
@Injectable()
export class DocumentReportsService {
  constructor(
    private readonly reports: RedactionReportsRepository,
    private readonly sealer: RedactionSealer,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * What the document's newest redaction came to, of those that have ended and were not cancelled.
   * @throws AppError NOT_FOUND when there is none
   */
  async getOutcome({ principal }: Caller, documentId: string): Promise<DocumentOutcome> {
    const { organizationId } = principal;
    const db = this.dataSource.manager;
    const newest = await this.reports.findNewest(organizationId, documentId, db);
    if (!newest) throw platformError('NOT_FOUND');
    const { status, ...outcome } = newest;
    if (status === 'failed') return { ...outcome, documentId, result: undefined };
    const found = await this.reports.find(organizationId, documentId, db);
    if (!found) throw platformError('NOT_FOUND');
    const { version, sealed, redactedFileId, redactionId } = found;
    const report = await this.sealer.openReport({ organizationId, documentId, version }, sealed, db);
    return { ...outcome, redactionId, documentId, result: { redactedFileId, report } };
  }
}
