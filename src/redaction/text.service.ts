import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import { detectors } from './detection-options.js';
import { type Analysis, analyze } from './engine/analysis.js';
import { runCooperatively } from './engine/cooperation.js';
import type { Detector } from './engine/detector.js';
import type { Protection } from './engine/protection.js';
import type { JsonValue } from './engine/structure/json-event.js';
import { openDocument } from './engine/structure/open-document.js';
import { refusalOf } from './engine-failure.js';
import { countsOf } from './entity-counts.js';
import { KnownSecretsService } from './known-secrets.service.js';
import { confidencesOf, operatorOf } from './protection-options.js';
import { type Found, Protector, type Recorder } from './protector.service.js';
import type { AuditBase } from './statistics/privacy-budgets.service.js';
import { checkPrivacy } from './statistics/privacy-options.js';
import { type StatisticalRelease, StatisticsService } from './statistics/statistics.service.js';
import { type StatisticsPlan, statisticsPlanOf } from './statistics/statistics-plan.js';
import type { PolicyReference, TextOptions } from './text-options.js';
import { type Stoppable, withTimeLimit } from './time-limit.js';

/** A text, a JSON value, or a CSV table, as a client sent it. */
export interface TextInput {
  readonly data: JsonValue;
  readonly format?: 'text' | 'json' | 'csv' | undefined;
}

/** Data that is protected; what a statistical method says beside. */
export type Protected = Protection<JsonValue> & Partial<Pick<StatisticalRelease, 'privacy' | 'left'>>;

/** How data is to be protected: finding by finding, or as a table. */
export type ProtectionPlan =
  | { readonly operator: ReturnType<typeof operatorOf> }
  | { readonly statistics: StatisticsPlan };

/** @throws AppError VALIDATION_ERROR */
export function planOf(options: TextOptions): ProtectionPlan {
  checkPrivacy(options.method, options.privacy);
  const statistics = statisticsPlanOf(options);
  return statistics ? { statistics } : { operator: operatorOf(options) };
}

/** The policy behind an operation, as audit rows name it. */
export const policyDetails = (policy: PolicyReference | undefined) =>
  policy && { policy_id: policy.id, policy_version: policy.version };

/** Personal data found in, and removed from, data that a request carries; nothing of it is stored. */
@Injectable()
export class TextService {
  constructor(
    private readonly audit: AuditWriter,
    private readonly protector: Protector,
    private readonly secrets: KnownSecretsService,
    private readonly statistics: StatisticsService,
  ) {}

  /**
   * @throws AppError INVALID_DATA, PATTERN_REFUSED, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED, TOO_MANY_GUESSES,
   *   VALIDATION_ERROR
   */
  async detect(caller: Caller, input: TextInput & TextOptions): Promise<Analysis> {
    const finder = await this.secrets.finderFor(caller.principal);
    const detector = detectors(input, finder && [finder])();
    const analysis = await this.attempt(() =>
      runCooperatively(
        analyze(openDocument(input.data, input.format), detector, confidencesOf(input)),
        withTimeLimit(caller, input.timeout),
      ),
    );
    const { details, ...entry } = auditOf(caller);
    await this.audit.appendAlone({
      ...entry,
      action: 'text.detected',
      counts: countsOf(analysis.entities),
      details: { ...details, ...policyDetails(input.policy) },
    });
    await this.secrets.noteGuesses(caller, finder);
    return analysis;
  }

  /** @throws AppError NOT_A_TABLE, TABLE_UNSUITABLE, COLUMN_UNKNOWN, PRIVACY_BUDGET_SPENT, and those of {@link detect} */
  async process(caller: Caller, input: TextInput & TextOptions): Promise<Protected> {
    const plan = planOf(input);
    const finder = await this.secrets.finderFor(caller.principal);
    const detector = detectors(input, finder && [finder])();
    const stoppable = withTimeLimit(caller, input.timeout);
    const result = await this.attempt(() =>
      this.protectOne(auditOf(caller), stoppable, input, detector, plan, (found, tx) => {
        const entry = processedEntry(caller, input, found);
        return tx ? this.audit.append(entry, tx) : this.audit.appendAlone(entry);
      }),
    );
    await this.secrets.noteGuesses(caller, finder);
    return result;
  }

  /** Protects one input; without `record` there is no audit row, for callers that write one for many. */
  async protectOne(
    who: AuditBase,
    stoppable: Stoppable,
    { data, format }: TextInput,
    detector: Detector,
    plan: ProtectionPlan,
    record?: Recorder,
  ): Promise<Protected> {
    if ('statistics' in plan)
      return this.statistics.release(who, stoppable, { data, format }, detector, plan.statistics, record);
    return this.protector.protect(stoppable, openDocument(data, format), detector, plan.operator, record);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw refusalOf(error, 'data') ?? error;
    }
  }
}

function processedEntry(caller: Caller, { policy, tokens }: TextOptions, found: Found): AuditEntry {
  const { details, ...entry } = auditOf(caller);
  return {
    ...entry,
    ...(tokens && { projectId: tokens.projectId }),
    action: 'text.processed',
    counts: countsOf(found.entities),
    details: { ...details, method_used: found.methodUsed, ...found.noted, ...policyDetails(policy) },
  };
}
