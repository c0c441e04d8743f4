import {
  BooleanField,
  CountsField,
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
} from '../../platform/http/fields.js';
import type { JsonValue } from '../engine/structure/json-event.js';
import { PrivacyDto } from '../statistics/http/privacy.dto.js';

/** Why something was not reported. */
const REASONS = [
  'checksum',
  'form',
  'no_context',
  'negative_context',
  'below_threshold',
  'overlapped',
  'allow_list',
] as const;

export class ExplanationDto {
  @StringField()
  recognizer: string;

  @StringField()
  rule: string;

  @StringField({ enum: ['passed', 'failed'], optional: true })
  validation?: string;

  @NumberField({ minimum: 0, maximum: 1 })
  base_score: number;

  @StringField({ optional: true })
  context_word?: string;

  @StringField({ enum: ['before', 'after', 'label'], optional: true })
  context_place?: string;

  @BooleanField({ optional: true })
  column_vote?: boolean;

  @StringField({ optional: true })
  variable_id?: string;
}

/** An entity as detect shows it. */
export class EntityDto {
  @StringField({ redact: true })
  text: string;

  @StringField()
  type: string;

  @NumberField({ integer: true, minimum: 0, optional: true })
  start?: number;

  @NumberField({ integer: true, minimum: 0, optional: true })
  end?: number;

  @StringField({ optional: true })
  path?: string;

  @StringField({ enum: ['key'], optional: true })
  part?: string;

  @NumberField({ minimum: 0, maximum: 1 })
  confidence: number;

  @NumberField({ minimum: 0, maximum: 1, optional: true })
  score?: number;

  @ObjectField(() => ExplanationDto, { optional: true })
  explanation?: ExplanationDto;
}

/** An entity as process shows it: with what stands in its place. */
export class ProcessedEntityDto extends EntityDto {
  @StringField()
  replacement: string;

  @StringField({ enum: ['redaction', 'masking', 'tokenization'] })
  method: string;
}

/** What looked like personal data and was not reported. */
export class RejectedCandidateDto {
  @StringField({ redact: true })
  text: string;

  @StringField()
  type: string;

  @NumberField({ integer: true, minimum: 0, optional: true })
  start?: number;

  @NumberField({ integer: true, minimum: 0, optional: true })
  end?: number;

  @StringField({ optional: true })
  path?: string;

  @StringField({ enum: ['key'], optional: true })
  part?: string;

  @StringField({ enum: REASONS })
  reason: (typeof REASONS)[number];

  @StringField({ optional: true })
  overlapped_by?: string;

  @NumberField({ minimum: 0, maximum: 1 })
  score: number;

  @ObjectField(() => ExplanationDto)
  explanation: ExplanationDto;
}

export class DetectSummaryDto {
  @NumberField({ integer: true, minimum: 0 })
  total_entities: number;

  @CountsField()
  by_type: Record<string, number>;

  @NumberField({ minimum: 0, maximum: 1 })
  risk_score: number;
}

/** The policy whose settings an operation used. */
export class PolicyReferenceDto {
  @StringField()
  id: string;

  @NumberField({ integer: true, minimum: 1 })
  version: number;
}

export class DetectResponseDto {
  @StringField()
  request_id: string;

  @ObjectsField(() => EntityDto)
  entities: EntityDto[];

  @ObjectField(() => DetectSummaryDto)
  summary: DetectSummaryDto;

  @ObjectsField(() => RejectedCandidateDto, { optional: true })
  rejected?: RejectedCandidateDto[];

  @NumberField({ integer: true, minimum: 0, optional: true })
  rejected_left_out?: number;

  @ObjectField(() => PolicyReferenceDto, { optional: true })
  policy?: PolicyReferenceDto;
}

export class ComplianceDto {
  @BooleanField()
  gdpr: boolean;

  @BooleanField()
  ccpa: boolean;

  @BooleanField()
  hipaa: boolean;

  @BooleanField()
  pci_dss: boolean;
}

export class ProcessResponseDto {
  @StringField()
  request_id: string;

  @StringField({ format: 'date-time' })
  timestamp: string;

  @DataField()
  processed_data: JsonValue;

  @ObjectsField(() => ProcessedEntityDto)
  entities_detected: ProcessedEntityDto[];

  @StringField({ enum: ['redaction', 'masking', 'tokenization', 'differential_privacy', 'k_anonymity'] })
  method_used: string;

  @ObjectsField(() => RejectedCandidateDto, { optional: true })
  rejected?: RejectedCandidateDto[];

  @NumberField({ integer: true, minimum: 0, optional: true })
  rejected_left_out?: number;

  @NumberField({ minimum: 0, optional: true })
  processing_time_ms?: number;

  @ObjectField(() => ComplianceDto, { optional: true })
  compliance?: ComplianceDto;

  @ObjectField(() => PrivacyDto, { optional: true })
  privacy?: PrivacyDto;

  @NumberField({ minimum: 0, maximum: 1, optional: true })
  risk_score?: number;

  @ObjectField(() => PolicyReferenceDto, { optional: true })
  policy?: PolicyReferenceDto;
}

export class BatchErrorDto {
  @StringField()
  code: string;

  @StringField()
  message: string;
}

export class BatchResultDto {
  @StringField()
  document_id: string;

  @DataField({ optional: true })
  processed_data?: JsonValue;

  @NumberField({ integer: true, minimum: 0 })
  entities_detected: number;

  @NumberField({ minimum: 0, maximum: 1, optional: true })
  risk_score?: number;

  @ObjectField(() => PrivacyDto, { optional: true })
  privacy?: PrivacyDto;

  @ObjectField(() => BatchErrorDto, { optional: true })
  error?: BatchErrorDto;
}

export class BatchResponseDto {
  @StringField()
  request_id: string;

  @StringField()
  batch_id: string;

  @ObjectsField(() => BatchResultDto)
  results: BatchResultDto[];

  @NumberField({ integer: true, minimum: 0 })
  succeeded: number;

  @NumberField({ integer: true, minimum: 0 })
  failed: number;

  @NumberField({ minimum: 0 })
  total_processing_time_ms: number;

  @ObjectField(() => PolicyReferenceDto, { optional: true })
  policy?: PolicyReferenceDto;
}
