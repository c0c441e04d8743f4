import { Injectable } from '@nestjs/common';
import { invalidField } from '../platform/errors/app-error.js';
import { riskScore } from './engine/risk.js';
import { refusalOf } from './engine-failure.js';
import { type Counts, countsOf } from './entity-counts.js';
import { KnownSecretsService } from './known-secrets.service.js';
import type { AuditBase } from './statistics/privacy-budgets.service.js';
import type { PrivacyReport } from './statistics/privacy-report.js';
import { meansOf, type Protected, planOf, type TextInput, TextService } from './text.service.js';
import type { TextOptions } from './text-options.js';
import { type Stoppable, withTimeLimit } from './time-limit.js';
import type { VaultMatcher } from './vault-matcher.js';

export interface BatchDocument extends TextInput {
  readonly id: string;
}

/** What a batch keeps of a protected document: its entities are counted and let go. */
export interface BatchSuccess {
  readonly processed: Protected['processed'];
  readonly counts: Counts;
  readonly risk: number;
  readonly methodUsed: string;
  readonly privacy?: PrivacyReport;
}

/** Why one document failed: an error of the API. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** One document's outcome: protected, or refused alone without failing the batch. Plain JSON. */
export interface BatchResult {
  readonly documentId: string;
  readonly outcome: BatchSuccess | Refusal;
}

export const isRefused = (outcome: BatchSuccess | Refusal): outcome is Refusal => 'code' in outcome;

/** Protects one document of a batch. Never throws for its content, but does when it is told to stop. */
export type ProtectDocument = (
  document: BatchDocument,
  index: number,
  stoppable: Stoppable,
) => Promise<BatchResult>;

/** What protects the documents of one batch. */
export interface BatchProtection {
  readonly protect: ProtectDocument;
  /** Finds the organization's own values in all of them. */
  readonly finder: VaultMatcher | undefined;
}

/** @throws AppError VALIDATION_ERROR when two documents have one id */
export function refuseDuplicates(documents: readonly BatchDocument[]): void {
  const seen = new Set<string>();
  documents.forEach(({ id }, index) => {
    if (seen.has(id))
      throw invalidField(`documents[${index}].id`, 'unique', `'documents[${index}].id' is used twice.`);
    seen.add(id);
  });
}

/** The documents of a batch, each protected by itself under the same options. */
@Injectable()
export class BatchDocuments {
  constructor(
    private readonly text: TextService,
    private readonly secrets: KnownSecretsService,
  ) {}

  /**
   * Checks the options, and returns what protects documents by them and finds the organization's own values as they are now.
   * @param who has asked, for what each document is charged
   * @throws AppError PATTERN_REFUSED, VALIDATION_ERROR
   */
  async protection(who: AuditBase, options: TextOptions): Promise<BatchProtection> {
    const finder = await this.secrets.finderOf(who.organizationId);
    return { protect: this.protectorOf(options, finder, who), finder };
  }

  /** @throws AppError PATTERN_REFUSED, VALIDATION_ERROR */
  check(options: TextOptions): void {
    planOf(options);
    meansOf(options, undefined);
  }

  private protectorOf(
    options: TextOptions,
    finder: VaultMatcher | undefined,
    who: AuditBase,
  ): ProtectDocument {
    const plan = planOf(options);
    const means = meansOf(options, finder);
    return async (document, index, stoppable) => {
      try {
        const limited = withTimeLimit(stoppable, options.timeout);
        const result = await this.text.protectOne(who, limited, document, means, plan);
        return { documentId: document.id, outcome: successOf(result) };
      } catch (error) {
        const refusal = refusalOf(error, `documents[${index}].data`);
        if (!refusal) throw error;
        const { code, message } = refusal;
        return { documentId: document.id, outcome: { code, message } };
      }
    };
  }
}

const successOf = ({ processed, entities, methodUsed, privacy }: Protected): BatchSuccess => ({
  processed,
  counts: countsOf(entities),
  risk: riskScore(entities.map(({ type }) => type)),
  methodUsed,
  ...(privacy && { privacy }),
});
