import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditOf } from '../../platform/audit/audit-entry.js';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { newId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { BatchDocuments, refuseDuplicates } from '../batch-documents.service.js';
import type { BackgroundBatch } from './batch.js';
import { type BatchRef, BatchSealer } from './batch.sealer.js';
import type { DocumentRow } from './batch-rows.repository.js';
import { chunkLengths } from './chunks.js';
import { writeDown } from './waiting-document.js';

/** A batch that has been checked and sealed, and waits to be stored. */
export interface PreparedBatch extends BatchRef {
  readonly projectId: string | undefined;
  readonly orderSealed: Buffer;
  readonly rows: readonly DocumentRow[];
  /** How many documents each chunk has. */
  readonly chunks: readonly number[];
}

/** Makes batches ready to be stored: all that takes long, outside of any transaction. */
@Injectable()
export class BatchPreparation {
  constructor(
    private readonly documents: BatchDocuments,
    private readonly sealer: BatchSealer,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Checks a batch as an inline one would be checked, and seals it, giving way to other work meanwhile.
   * @throws AppError PATTERN_REFUSED, VALIDATION_ERROR; the reason of the caller's signal
   */
  async prepare(caller: Caller, input: BackgroundBatch): Promise<PreparedBatch> {
    const { options } = input;
    refuseDuplicates(input.documents);
    this.documents.check(options);
    const { organizationId, projectId: ownProject, ...request } = auditOf(caller);
    const projectId = options.tokens?.projectId ?? ownProject;
    const batch = { organizationId, batchId: newId('batch') };
    const orderSealed = await this.sealer.sealOrder(batch, { options, request }, this.dataSource.manager);
    const { sealed, sizes } = await this.sealDocuments(caller, batch, input);
    const chunks = chunkLengths(sizes);
    return { ...batch, projectId, orderSealed, rows: rowsOf(sealed, chunks), chunks };
  }

  private async sealDocuments(caller: Caller, batch: BatchRef, { documents }: BackgroundBatch) {
    const sealed: Buffer[] = [];
    const sizes: number[] = [];
    const slice = new TimeSlice();
    for (const [position, document] of documents.entries()) {
      const json = writeDown(document);
      sealed.push(await this.sealer.sealDocument(batch, position, json, this.dataSource.manager));
      sizes.push(json.length);
      if (await slice.pause()) caller.signal().throwIfAborted();
    }
    return { sealed, sizes };
  }
}

function rowsOf(sealed: readonly Buffer[], chunks: readonly number[]): DocumentRow[] {
  const rows: DocumentRow[] = [];
  chunks.forEach((length, chunk) => {
    for (const value of sealed.slice(rows.length, rows.length + length))
      rows.push({ position: rows.length, chunk, sealed: value });
  });
  return rows;
}
