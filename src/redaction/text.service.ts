import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import { type DetectionOptions, detectors, type Mode, type NewDetector } from './detection-options.js';
import { type Analysis, analyze } from './engine/analysis.js';
import { runCooperatively } from './engine/cooperation.js';
import type { Detector } from './engine/detector.js';
import type { Protection } from './engine/protection.js';
import type { JsonValue } from './engine/structure/json-event.js';
import { openDocument } from './engine/structure/open-document.js';
import { refusalOf } from './engine-failure.js';
import { countsOf } from './entity-counts.js';
import { KnownSecretsService } from './known-secrets.service.js';
import { NameJudges } from './model/name-judges.service.js';
import { confidencesOf, operatorOf } from './protection-options.js';
import { type Found, Protector, type Recorder, type SearchElsewhere } from './protector.service.js';
import { SearchThreads } from './search/search-threads.service.js';
import type { AuditBase } from './statistics/privacy-budgets.service.js';
import { checkPrivacy } from './statistics/privacy-options.js';
import { type StatisticalRelease, StatisticsService } from './statistics/statistics.service.js';
import { type StatisticsPlan, statisticsPlanOf } from './statistics/statistics-plan.js';
import type { PolicyReference, TextOptions } from './text-options.js';
import { type Stoppable, withTimeLimit } from './time-limit.js';
import type { VaultMatcher } from './vault-matcher.js';

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

/** By what an input is searched. */
export interface SearchMeans {
  readonly newDetector: NewDetector;
  /** What the detectors were made of, as plain data. */
  readonly options: DetectionOptions & { readonly mode?: Mode };
  readonly vault: VaultMatcher | undefined;
}

/** @throws AppError PATTERN_REFUSED, VALIDATION_ERROR */
export function meansOf(given: TextOptions, vault: VaultMatcher | undefined): SearchMeans {
  const { confidence_threshold, custom_patterns, entities, allow_list, deny_list, thresholds, mode } = given;
  const options = {
    ...{ confidence_threshold, custom_patterns, allow_list, deny_list },
    ...(entities && { entities }),
    ...(thresholds && { thresholds }),
    ...(mode && { mode }),
  };
  return { newDetector: detectors(options, vault && [vault]), options, vault };
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
    private readonly judges: NameJudges,
    private readonly threads: SearchThreads,
    private readonly statistics: StatisticsService,
  ) {}

  /**
   * @throws AppError INVALID_DATA, MODEL_FAILED, MODEL_UNAVAILABLE, PATTERN_REFUSED, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED, TOO_MANY_GUESSES,
   *   VALIDATION_ERROR
   */
  async detect(caller: Caller, input: TextInput & TextOptions): Promise<Analysis> {
    const finder = await this.secrets.finderFor(caller.principal);
    const means = meansOf(input, finder);
    const stoppable = withTimeLimit(caller, input.timeout);
    const analysis = await this.attempt(async () => {
      const search = await this.searchOf(stoppable, input, means);
      const options = confidencesOf(input);
      if ('analyze' in search) return search.analyze(new Map(), options, stoppable);
      return runCooperatively(analyze(openDocument(input.data, input.format), search, options), stoppable);
    });
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
    const means = meansOf(input, finder);
    const stoppable = withTimeLimit(caller, input.timeout);
    const result = await this.attempt(() =>
      this.protectOne(auditOf(caller), stoppable, input, means, plan, (found, tx) => {
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
    means: SearchMeans,
    plan: ProtectionPlan,
    record?: Recorder,
  ): Promise<Protected> {
    if ('statistics' in plan) {
      const detector = await this.detectorOf(stoppable, { data, format }, means);
      return this.statistics.release(who, stoppable, { data, format }, detector, plan.statistics, record);
    }
    const search = await this.searchOf(stoppable, { data, format }, means);
    return this.protector.protect(stoppable, openDocument(data, format), search, plan.operator, record);
  }

  /** Large texts are searched elsewhere. */
  private async searchOf(
    stoppable: Stoppable,
    { data, format }: TextInput,
    means: SearchMeans,
  ): Promise<Detector | SearchElsewhere> {
    const { options, vault } = means;
    if (options.mode !== 'accurate' && this.threads.takes(data)) {
      return {
        analyze: (issued, analysis, until) =>
          this.threads.analyze(
            { data, format, options, analysis, secrets: vault?.shared(), issued },
            vault,
            until,
          ),
      };
    }
    return this.detectorOf(stoppable, { data, format }, means);
  }

  /** A judge, where the mode asks for one, knows of all the input's sentences. */
  private async detectorOf(
    stoppable: Stoppable,
    { data, format }: TextInput,
    { newDetector, options }: SearchMeans,
  ): Promise<Detector> {
    const judge = await this.judges.judgeFor(options.mode, stoppable, (asked) =>
      analyze(openDocument(data, format), newDetector([], asked)),
    );
    return newDetector([], judge);
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
