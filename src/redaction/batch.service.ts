import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import { type AppError, invalidField } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { type DetectionOptions, detectors } from './detection-options.js';
import type { Detector } from './engine/detector.js';
import { riskScore } from './engine/risk.js';
import { refusalOf } from './engine-failure.js';
import { type Counts, countsOf, sumCounts } from './entity-counts.js';
import { operatorOf, type ProtectionOptions } from './protection-options.js';
import { type Protected, type TextInput, TextService } from './text.service.js';

/** Documents under way at once when a batch asks for parallel processing. */
const LANES = 4;

export interface BatchInput extends DetectionOptions, ProtectionOptions {
  readonly documents: readonly (TextInput & { readonly id: string })[];
  readonly parallel: boolean;
}

/** What a batch keeps of a protected document: its entities are counted and let go. */
export interface BatchSuccess {
  readonly processed: Protected['processed'];
  readonly counts: Counts;
  readonly risk: number;
  readonly methodUsed: string;
}

/** One document's outcome: protected, or refused alone without failing the batch. */
export interface BatchResult {
  readonly documentId: string;
  readonly outcome: BatchSuccess | AppError;
}

export interface BatchOutcome {
  readonly id: string;
  readonly results: readonly BatchResult[];
}

export const isRefused = (outcome: BatchSuccess | AppError): outcome is AppError => outcome instanceof Error;

@Injectable()
export class BatchService {
  constructor(
    private readonly text: TextService,
    private readonly audit: AuditWriter,
  ) {}

  /** @throws AppError METHOD_NOT_AVAILABLE, PATTERN_REFUSED, VALIDATION_ERROR; never for one document's content */
  async process(caller: Caller, input: BatchInput): Promise<BatchOutcome> {
    refuseDuplicates(input.documents);
    const operator = operatorOf(input);
    const detectorFor = detectors(input);
    const results = await inLanes(input.documents, input.parallel ? LANES : 1, async (document, index) => ({
      documentId: document.id,
      outcome: await this.processOne(caller, document, detectorFor(), operator).catch((error: unknown) => {
        const refusal = refusalOf(error, `documents[${index}].data`);
        if (!refusal) throw error;
        return refusal;
      }),
    }));
    const outcome = { id: newId('batch'), results };
    await this.record(caller, input, outcome);
    return outcome;
  }

  private async processOne(
    caller: Caller,
    document: TextInput,
    ...how: [Detector, ReturnType<typeof operatorOf>]
  ): Promise<BatchSuccess> {
    const { processed, entities, methodUsed } = await this.text.protectOne(caller, document, ...how);
    const risk = riskScore(entities.map(({ type }) => type));
    return { processed, counts: countsOf(entities), risk, methodUsed };
  }

  private async record(caller: Caller, input: BatchInput, { id, results }: BatchOutcome): Promise<void> {
    const done = results.flatMap(({ outcome }) => (isRefused(outcome) ? [] : [outcome]));
    const { details, ...entry } = auditOf(caller);
    const documents = { documents: results.length, failed: results.length - done.length };
    await this.audit.appendAlone({
      ...entry,
      action: 'batch.processed',
      target: { type: 'batch', id },
      counts: { ...documents, ...sumCounts(done.map(({ counts }) => counts)) },
      details: { ...details, method_used: done[0]?.methodUsed ?? input.method },
    });
  }
}

function refuseDuplicates(documents: BatchInput['documents']): void {
  const seen = new Set<string>();
  documents.forEach(({ id }, index) => {
    if (seen.has(id))
      throw invalidField(`documents[${index}].id`, 'unique', `'documents[${index}].id' is used twice.`);
    seen.add(id);
  });
}

/** Runs work over items, a few at a time, keeping their order; the first unexpected error ends it. */
async function inLanes<In, Out>(
  items: readonly In[],
  lanes: number,
  work: (item: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as In, index);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return results;
}
