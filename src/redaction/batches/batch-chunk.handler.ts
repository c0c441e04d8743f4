import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import {
  PermanentTaskError,
  type TaskContext,
  type TaskEffect,
  TaskHandler,
} from '../../platform/queue/task-handler.js';
import {
  BatchDocuments,
  type BatchResult,
  isRefused,
  type ProtectDocument,
} from '../batch-documents.service.js';
import { type Counts, sumCounts } from '../entity-counts.js';
import { KnownSecretsService } from '../known-secrets.service.js';
import type { BatchOrder } from './batch.js';
import { type BatchRef, BatchSealer } from './batch.sealer.js';
import { BATCH_CHUNK, type BatchChunkInput } from './batch-chunk.task.js';
import { type BatchRow, BatchRowsRepository } from './batch-rows.repository.js';
import { BatchesRepository } from './batches.repository.js';

/** The batch was deleted, or its time is over: there is nothing to work on. */
const gone = (): Error => new PermanentTaskError('BATCH_GONE');

/** A result as it is stored, and of it what is counted. */
interface Done {
  readonly row: BatchRow;
  /** Undefined of a document that was refused. */
  readonly counts: Counts | undefined;
}

/**
 * Protects the documents of one chunk. Their results take their place in the transaction that finishes the task, so
 * each document has one result, however often the chunk was begun.
 */
@Injectable()
export class BatchChunkHandler extends TaskHandler<BatchChunkInput> {
  readonly definition = BATCH_CHUNK;

  constructor(
    private readonly batches: BatchesRepository,
    private readonly rows: BatchRowsRepository,
    private readonly sealer: BatchSealer,
    private readonly documents: BatchDocuments,
    private readonly secrets: KnownSecretsService,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  /** @throws PermanentTaskError BATCH_GONE */
  async run({ task, job, input, signal }: TaskContext<BatchChunkInput>): Promise<TaskEffect> {
    const batch = { organizationId: task.organizationId, batchId: input.batch_id };
    const { options, request } = await this.openOrder(batch);
    const who = { ...request, organizationId: batch.organizationId };
    const { protect, finder } = await this.documents.protection(who, options);
    const waiting = await this.rows.listChunk(batch, input.chunk, this.dataSource.manager);
    if (waiting.length !== task.items) throw gone();
    const slice = new TimeSlice();
    const done: Done[] = [];
    for (const row of waiting) {
      signal.throwIfAborted();
      done.push(await this.processOne(batch, row, protect, signal));
      await slice.pause();
    }
    const effect = this.effectOf(batch, done);
    const guesser = { ...who, userId: job.createdBy };
    return async (tx) => {
      const ended = await effect(tx);
      await this.secrets.countGuesses(guesser, finder?.nearGuesses ?? 0, tx);
      return ended;
    };
  }

  private async openOrder(batch: BatchRef): Promise<BatchOrder> {
    const { manager } = this.dataSource;
    const sealed = await this.batches.findOrder(batch.organizationId, batch.batchId, manager);
    if (!sealed) throw gone();
    return this.sealer.openOrder(batch, sealed, manager);
  }

  private async processOne(
    batch: BatchRef,
    { position, sealed }: BatchRow,
    protect: ProtectDocument,
    signal: AbortSignal,
  ): Promise<Done> {
    const { manager } = this.dataSource;
    const document = await this.sealer.openDocument(batch, position, sealed, manager);
    const result: BatchResult =
      'refusal' in document
        ? { documentId: document.id, outcome: document.refusal }
        : await protect(document, position, { signal: () => signal });
    const { outcome } = result;
    return {
      row: { position, sealed: await this.sealer.sealResult(batch, position, result, manager) },
      counts: isRefused(outcome) ? undefined : outcome.counts,
    };
  }

  private effectOf(batch: BatchRef, done: readonly Done[]): TaskEffect {
    const results = done.map(({ row }) => row);
    const counted = done.flatMap(({ counts }) => (counts ? [counts] : []));
    const failed = done.length - counted.length;
    const outcome = { completed: counted.length, failed, counts: sumCounts(counted) };
    return async (tx) => {
      if (!(await this.batches.addOutcome(batch.organizationId, batch.batchId, outcome, tx))) throw gone();
      if (!(await this.rows.replaceByResults(batch, results, tx))) throw gone();
      return { itemsFailed: failed };
    };
  }
}
