import type { BatchOutcome } from '../batch.service.js';
import { type BatchResult, isRefused } from '../batch-documents.service.js';
import type { Analysis, Rejected } from '../engine/analysis.js';
import { complianceOf } from '../engine/compliance.js';
import type { RejectionReason } from '../engine/rejection.js';
import { riskScore } from '../engine/risk.js';
import { publicName } from '../engine/type-names.js';
import { countByType } from '../entity-counts.js';
import { presentPrivacy } from '../statistics/http/privacy.presenter.js';
import type { Protected } from '../text.service.js';
import type { PolicyReference } from '../text-options.js';
import type {
  BatchResponseDto,
  BatchResultDto,
  DetectResponseDto,
  EntityDto,
  ProcessedEntityDto,
  ProcessResponseDto,
  RejectedCandidateDto,
} from './text-response.dto.js';

type Entity = Analysis['entities'][number];

/** Milliseconds with a tenth, as the samples show them. */
const tenths = (ms: number): number => Math.round(ms * 10) / 10;

const hundredths = (score: number): number => Math.round(score * 100) / 100;

const explanationOf = ({
  explanation,
  score,
}: Pick<Entity, 'score' | 'explanation'>): Pick<RejectedCandidateDto, 'score' | 'explanation'> => ({
  score: hundredths(score),
  explanation: {
    recognizer: explanation.recognizer,
    rule: explanation.rule,
    ...(explanation.validation && { validation: explanation.validation }),
    base_score: hundredths(explanation.baseScore),
    ...(explanation.contextWord !== undefined && { context_word: explanation.contextWord }),
    ...(explanation.contextPlace !== undefined &&
      (explanation.contextPlace === 'column'
        ? { column_vote: true }
        : { context_place: explanation.contextPlace })),
    ...(explanation.reference !== undefined && { variable_id: explanation.reference }),
  },
});

type Placed = Pick<Entity, 'text' | 'type' | 'start' | 'end' | 'path' | 'part'>;

const presentPlace = ({ text, type, start, end, path, part }: Placed, positions: boolean) => ({
  text,
  type: publicName(type),
  ...(positions && { start, end }),
  ...(path !== undefined && { path }),
  ...(part && { part }),
});

function presentEntity(entity: Entity, options: { positions: boolean; explain: boolean }): EntityDto {
  return {
    ...presentPlace(entity, options.positions),
    confidence: entity.confidence,
    ...(options.explain && explanationOf(entity)),
  };
}

const REASONS: Readonly<Record<RejectionReason, RejectedCandidateDto['reason']>> = {
  checksum: 'checksum',
  form: 'form',
  'no-context': 'no_context',
  'negative-context': 'negative_context',
  score: 'below_threshold',
  overlapped: 'overlapped',
  allowed: 'allow_list',
};

const presentRejected = (rejected: Rejected | undefined, positions: boolean) =>
  rejected && {
    rejected: rejected.entities.map(
      (entity): RejectedCandidateDto => ({
        ...presentPlace(entity, positions),
        reason: REASONS[entity.reason],
        ...(entity.overlappedBy !== undefined && { overlapped_by: publicName(entity.overlappedBy) }),
        ...explanationOf(entity),
      }),
    ),
    rejected_left_out: rejected.omitted,
  };

interface Used {
  readonly policy: PolicyReference | undefined;
}

const usedPolicy = ({ policy }: Used) => policy && { policy: { ...policy } };

const riskOf = (entities: readonly Entity[]): number => riskScore(entities.map(({ type }) => type));

export function presentDetection(
  requestId: string,
  { entities, rejected }: Analysis,
  options: { readonly include_positions: boolean; readonly explain: boolean } & Used,
): DetectResponseDto {
  const shown = { positions: options.include_positions, explain: options.explain };
  return {
    request_id: requestId,
    entities: entities.map((entity) => presentEntity(entity, shown)),
    summary: {
      total_entities: entities.length,
      by_type: countByType(entities),
      risk_score: riskOf(entities),
    },
    ...presentRejected(rejected, options.include_positions),
    ...usedPolicy(options),
  };
}

export function presentProcessing(
  requestId: string,
  { processed, entities, methodUsed, rejected, privacy, left = [] }: Protected,
  options: {
    readonly return_metrics: boolean;
    readonly explain: boolean;
    readonly elapsedMs: number;
  } & Used,
): ProcessResponseDto {
  const shown = { positions: true, explain: options.explain };
  return {
    request_id: requestId,
    timestamp: new Date().toISOString(),
    processed_data: processed,
    // What a statistical method releases is the table: a list of what it took out would undo that.
    entities_detected: (privacy ? [] : entities).map(
      (entity): ProcessedEntityDto => ({
        ...presentEntity(entity, shown),
        replacement: entity.replacement,
        method: entity.method,
      }),
    ),
    method_used: methodUsed,
    ...presentRejected(rejected, true),
    ...(options.return_metrics && {
      processing_time_ms: tenths(options.elapsedMs),
      compliance: complianceOf([...entities, ...left]),
      risk_score: riskOf(entities),
    }),
    ...(privacy && { privacy: presentPrivacy(privacy) }),
    ...usedPolicy(options),
  };
}

export function presentResult({ documentId, outcome }: BatchResult): BatchResultDto {
  if (isRefused(outcome)) {
    return {
      document_id: documentId,
      entities_detected: 0,
      error: { code: outcome.code, message: outcome.message },
    };
  }
  return {
    document_id: documentId,
    processed_data: outcome.processed,
    entities_detected: outcome.counts.entities,
    risk_score: outcome.risk,
    ...(outcome.privacy && { privacy: presentPrivacy(outcome.privacy) }),
  };
}

export function presentBatch(
  requestId: string,
  { id, results }: BatchOutcome,
  options: { readonly elapsedMs: number } & Used,
): BatchResponseDto {
  const failed = results.filter(({ outcome }) => isRefused(outcome)).length;
  return {
    request_id: requestId,
    batch_id: id,
    results: results.map(presentResult),
    succeeded: results.length - failed,
    failed,
    total_processing_time_ms: tenths(options.elapsedMs),
    ...usedPolicy(options),
  };
}
