import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import {
  type BatchDocument,
  BatchDocuments,
  type BatchResult,
  isRefused,
  refuseDuplicates,
} from './batch-documents.service.js';
import { sumCounts } from './entity-counts.js';
import { KnownSecretsService } from './known-secrets.service.js';
import { policyDetails } from './text.service.js';
import type { TextOptions } from './text-options.js';

/** Documents under way at once when a batch asks for parallel processing. */
const LANES = 4;

export interface BatchInput extends TextOptions {
  readonly documents: readonly BatchDocument[];
  readonly parallel: boolean;
}

export interface BatchOutcome {
  readonly id: string;
  readonly results: readonly BatchResult[];
}

@Injectable()
export class BatchService {
  constructor(
    private readonly documents: BatchDocuments,
    private readonly secrets: KnownSecretsService,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * @throws AppError PATTERN_REFUSED, TOO_MANY_GUESSES, VALIDATION_ERROR; never for what one document's
   *   content makes impossible
   */
  async process(caller: Caller, input: BatchInput): Promise<BatchOutcome> {
    refuseDuplicates(input.documents);
    const { protect, finder } = await this.documents.protection(auditOf(caller), input);
    const results = await inLanes(input.documents, input.parallel ? LANES : 1, (document, index) =>
      protect(document, index, caller),
    );
    const outcome = { id: newId('batch'), results };
    await this.record(caller, input, outcome);
    await this.secrets.noteGuesses(caller, finder);
    return outcome;
  }

  private async record(caller: Caller, input: BatchInput, { id, results }: BatchOutcome): Promise<void> {
    const done = results.flatMap(({ outcome }) => (isRefused(outcome) ? [] : [outcome]));
    const { details, ...entry } = auditOf(caller);
    const documents = { documents: results.length, failed: results.length - done.length };
    await this.audit.appendAlone({
      ...entry,
      ...(input.tokens && { projectId: input.tokens.projectId }),
      action: 'batch.processed',
      target: { type: 'batch', id },
      counts: { ...documents, ...sumCounts(done.map(({ counts }) => counts)) },
      details: {
        ...details,
        method_used: done[0]?.methodUsed ?? input.method,
        ...policyDetails(input.policy),
      },
    });
  }
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
