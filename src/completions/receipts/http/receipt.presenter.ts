import type { Receipt } from '../stored-receipt.js';
import type { ToolRound } from '../tool-round.js';
import type { ReceiptBytesDto, ReceiptDto, ReceiptToolRoundDto } from './receipt.dto.js';

export const presentReceipt = (receipt: Receipt): ReceiptDto => ({
  id: receipt.id,
  object: 'chat.receipt',
  status: receipt.status,
  model: receipt.model,
  model_requested: receipt.modelRequested,
  upstream: upstreamOf(receipt),
  shielded: receipt.isShielded,
  streamed: receipt.isStreamed,
  policy: policyOf(receipt),
  findings: { ...receipt.counts },
  actions: { ...receipt.actions },
  request: bytesOf(receipt.requestSha256, receipt.requestBytes),
  answer: bytesOf(receipt.answerSha256, receipt.answerBytes),
  restored: receipt.restored,
  unresolved: receipt.unresolved.map(({ token, reason }) => ({ token, reason })),
  usage: receipt.usage && { ...receipt.usage },
  finish_reasons: [...(receipt.finishReasons ?? [])],
  attempts: receipt.attempts,
  tool_rounds: receipt.toolRounds.map(presentToolRound),
  error_code: receipt.errorCode,
  unknown_fields: [...receipt.unknownFields],
  conversation_id: receipt.conversationId,
  project_id: receipt.projectId,
  user_id: receipt.userId,
  request_id: receipt.requestId,
  created_at: receipt.createdAt.toISOString(),
  first_byte_ms: receipt.firstByteMs,
  duration_ms: receipt.durationMs,
  ended_at: receipt.endedAt?.toISOString() ?? null,
});

const presentToolRound = ({ runs, request, findings }: ToolRound): ReceiptToolRoundDto => ({
  runs: runs.map(({ toolId, function: name, status, durationMs, bytes }) => ({
    ...{ tool_id: toolId, function: name, status },
    ...{ duration_ms: durationMs, bytes },
  })),
  request: request && { ...request },
  findings: { ...findings },
});

const upstreamOf = ({ upstreamId: id, upstreamName: name, isPrivate }: Receipt): ReceiptDto['upstream'] =>
  id === null ? null : { id, name: name ?? '', private: isPrivate };

const policyOf = ({ policyId: id, policyVersion: version }: Receipt): ReceiptDto['policy'] =>
  id === null || version === null ? null : { id, version };

const bytesOf = (sha256: Buffer | null, bytes: number | null): ReceiptBytesDto | null =>
  sha256 === null || bytes === null ? null : { sha256: sha256.toString('hex'), bytes };
