import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { RedactionReport } from '../documents/redaction-report.js';
import type { RedactionOrder, RedactionRef } from './redaction.js';

/** Which version of which document's report. */
export interface ReportPlace {
  readonly organizationId: string;
  readonly documentId: string;
  readonly version: number;
}

/** What of a redaction is sealed, as JSON under its tenant's key; each value opens in its own place alone. */
@Injectable()
export class RedactionSealer {
  constructor(private readonly sealer: Sealer) {}

  sealOrder(redaction: RedactionRef, order: RedactionOrder, db: Tx): Promise<Buffer> {
    return this.sealer.seal(orderPlace(redaction), toBytes(order), db);
  }

  async openOrder(redaction: RedactionRef, sealed: Buffer, db: Tx): Promise<RedactionOrder> {
    return fromBytes(await this.sealer.open(orderPlace(redaction), sealed, db));
  }

  sealReport(place: ReportPlace, report: RedactionReport, db: Tx): Promise<Buffer> {
    return this.sealer.seal(reportPlace(place), toBytes(report), db);
  }

  async openReport(place: ReportPlace, sealed: Buffer, db: Tx): Promise<RedactionReport> {
    return fromBytes(await this.sealer.open(reportPlace(place), sealed, db));
  }
}

const orderPlace = ({ organizationId, redactionId }: RedactionRef) => ({
  organizationId,
  table: 'redactions',
  id: redactionId,
  version: 1,
});

const reportPlace = ({ organizationId, documentId, version }: ReportPlace) => ({
  organizationId,
  table: 'redaction_reports',
  id: documentId,
  version,
});

const toBytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const fromBytes = (bytes: Buffer) => JSON.parse(bytes.toString('utf8'));
