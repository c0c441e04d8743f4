import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import { detectors, type Mode, type NewDetector } from './detection-options.js';
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
import { type Found, Protector, type Recorder } from './protector.service.js';
import type { PolicyReference, TextOptions } from './text-options.js';
import { type Stoppable, withTimeLimit } from './time-limit.js';

/** A text, a JSON value, or a CSV table, as a client sent it. */
export interface TextInput {
  readonly data: JsonValue;
  readonly format?: 'text' | 'json' | 'csv' | undefined;
}

export type Protected = Protection<JsonValue>;

/** By what an input is protected. */
export interface Means {
  readonly newDetector: NewDetector;
  readonly operator: ReturnType<typeof operatorOf>;
  readonly mode: Mode | undefined;
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
  ) {}

  /**
   * @throws AppError INVALID_DATA, MODEL_FAILED, MODEL_UNAVAILABLE, PATTERN_REFUSED, PATTERN_TOO_COSTLY, TIME_LIMIT_EXCEEDED, TOO_MANY_GUESSES,
   *   VALIDATION_ERROR
   */
  async detect(caller: Caller, input: TextInput & TextOptions): Promise<Analysis> {
    const finder = await this.secrets.finderFor(caller.principal);
    const newDetector = detectors(input, finder && [finder]);
    const stoppable = withTimeLimit(caller, input.timeout);
    const analysis = await this.attempt(async () => {
      const detector = await this.detectorFor(stoppable, input, newDetector, input.mode);
      return runCooperatively(
        analyze(openDocument(input.data, input.format), detector, confidencesOf(input)),
        stoppable,
      );
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

  /** @throws AppError METHOD_NOT_AVAILABLE, and those of {@link detect} */
  async process(caller: Caller, input: TextInput & TextOptions): Promise<Protected> {
    const operator = operatorOf(input);
    const finder = await this.secrets.finderFor(caller.principal);
    const newDetector = detectors(input, finder && [finder]);
    const stoppable = withTimeLimit(caller, input.timeout);
    const result = await this.attempt(() =>
      this.protectOne(stoppable, input, { newDetector, operator, mode: input.mode }, (found, tx) => {
        const entry = processedEntry(caller, input, found);
        return tx ? this.audit.append(entry, tx) : this.audit.appendAlone(entry);
      }),
    );
    await this.secrets.noteGuesses(caller, finder);
    return result;
  }

  /** Protects one input; without `record` there is no audit row, for callers that write one for many. */
  async protectOne(
    stoppable: Stoppable,
    { data, format }: TextInput,
    { newDetector, operator, mode }: Means,
    record?: Recorder,
  ): Promise<Protected> {
    const detector = await this.detectorFor(stoppable, { data, format }, newDetector, mode);
    return this.protector.protect(stoppable, openDocument(data, format), detector, operator, record);
  }

  /** With a judge that knows the input's sentences, where the mode asks for one. */
  private async detectorFor(
    stoppable: Stoppable,
    { data, format }: TextInput,
    newDetector: NewDetector,
    mode: Mode | undefined,
  ): Promise<Detector> {
    const judge = await this.judges.judgeFor(mode, stoppable, (asked) =>
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
    details: { ...details, method_used: found.methodUsed, ...policyDetails(policy) },
  };
}
