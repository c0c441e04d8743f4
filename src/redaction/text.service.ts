import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import { type DetectionOptions, detectors } from './detection-options.js';
import { type Analysis, analyze } from './engine/analysis.js';
import { runCooperatively } from './engine/cooperation.js';
import type { Detector } from './engine/detector.js';
import { type Protection, protect } from './engine/protection.js';
import type { JsonValue } from './engine/structure/json-event.js';
import { openDocument } from './engine/structure/open-document.js';
import { refusalOf } from './engine-failure.js';
import { countsOf } from './entity-counts.js';
import { operatorOf, type ProtectionOptions } from './protection-options.js';

/** A text, a JSON value, or a CSV table, as a client sent it. */
export interface TextInput {
  readonly data: JsonValue;
  readonly format?: 'text' | 'json' | 'csv' | undefined;
}

export type Protected = Protection<JsonValue>;

/** Personal data found in, and removed from, data that a request carries; nothing of it is stored. */
@Injectable()
export class TextService {
  constructor(private readonly audit: AuditWriter) {}

  /** @throws AppError INVALID_DATA, PATTERN_REFUSED, PATTERN_TOO_COSTLY, VALIDATION_ERROR */
  async detect(caller: Caller, input: TextInput & DetectionOptions): Promise<Analysis> {
    const detector = detectors(input)();
    const analysis = await this.attempt(() =>
      runCooperatively(
        analyze(openDocument(input.data, input.format), detector, {
          minConfidence: input.confidence_threshold,
        }),
        caller,
      ),
    );
    await this.audit.appendAlone({
      ...auditOf(caller),
      action: 'text.detected',
      counts: countsOf(analysis.entities),
    });
    return analysis;
  }

  /** @throws AppError METHOD_NOT_AVAILABLE, and those of {@link detect} */
  async process(caller: Caller, input: TextInput & DetectionOptions & ProtectionOptions): Promise<Protected> {
    const operator = operatorOf(input);
    const detector = detectors(input)();
    const result = await this.attempt(() => this.protectOne(caller, input, detector, operator));
    const { details, ...entry } = auditOf(caller);
    await this.audit.appendAlone({
      ...entry,
      action: 'text.processed',
      counts: countsOf(result.entities),
      details: { ...details, method_used: result.methodUsed },
    });
    return result;
  }

  /** Protects one input without an audit row of its own; for callers that write one. */
  async protectOne(
    caller: Caller,
    { data, format }: TextInput,
    detector: Detector,
    operator: ReturnType<typeof operatorOf>,
  ): Promise<Protected> {
    return runCooperatively(protect(openDocument(data, format), detector, operator), caller);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw refusalOf(error, 'data') ?? error;
    }
  }
}
