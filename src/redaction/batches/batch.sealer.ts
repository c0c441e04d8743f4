import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { BatchResult } from '../batch-documents.service.js';
import type { BatchOrder, WaitingDocument } from './batch.js';

/** Which batch of which tenant. */
export interface BatchRef {
  readonly organizationId: string;
  readonly batchId: string;
}

type Table = 'batch_documents' | 'batch_results';

/** What of a batch is sealed, as JSON under its tenant's key; each value opens in its own place alone. */
@Injectable()
export class BatchSealer {
  constructor(private readonly sealer: Sealer) {}

  sealOrder(batch: BatchRef, order: BatchOrder, db: Tx): Promise<Buffer> {
    return this.sealer.seal(orderPlace(batch), toBytes(order), db);
  }

  async openOrder(batch: BatchRef, sealed: Buffer, db: Tx): Promise<BatchOrder> {
    return fromBytes(await this.sealer.open(orderPlace(batch), sealed, db));
  }

  /** @param json of a {@link WaitingDocument}, which the caller needs too */
  sealDocument(batch: BatchRef, position: number, json: Buffer, db: Tx): Promise<Buffer> {
    return this.sealer.seal(rowPlace(batch, 'batch_documents', position), json, db);
  }

  async openDocument(batch: BatchRef, position: number, sealed: Buffer, db: Tx): Promise<WaitingDocument> {
    return fromBytes(await this.sealer.open(rowPlace(batch, 'batch_documents', position), sealed, db));
  }

  sealResult(batch: BatchRef, position: number, result: BatchResult, db: Tx): Promise<Buffer> {
    return this.sealer.seal(rowPlace(batch, 'batch_results', position), toBytes(result), db);
  }

  async openResult(batch: BatchRef, position: number, sealed: Buffer, db: Tx): Promise<BatchResult> {
    return fromBytes(await this.sealer.open(rowPlace(batch, 'batch_results', position), sealed, db));
  }
}

const orderPlace = ({ organizationId, batchId }: BatchRef) => ({
  organizationId,
  table: 'batches',
  id: batchId,
  version: 1,
});

const rowPlace = ({ organizationId, batchId }: BatchRef, table: Table, position: number) => ({
  organizationId,
  table,
  id: `${batchId}/${position}`,
  version: 1,
});

const toBytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const fromBytes = (bytes: Buffer) => JSON.parse(bytes.toString('utf8'));
