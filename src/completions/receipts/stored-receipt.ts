import type { Counts, ReceiptStatus, UnresolvedToken, Usage } from './receipt.js';
import type { ToolRound } from './tool-round.js';

/** A receipt as it lies in the database: names of fields and tokens are sealed. */
export interface ReceiptRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly userId: string;
  readonly requestId: string;
  readonly conversationId: string | null;
  readonly status: ReceiptStatus;
  readonly modelRequested: string;
  readonly model: string;
  readonly upstreamId: string | null;
  readonly upstreamName: string | null;
  readonly isPrivate: boolean;
  readonly isShielded: boolean;
  readonly isStreamed: boolean;
  readonly policyId: string | null;
  readonly policyVersion: number | null;
  readonly counts: Counts;
  readonly actions: Counts;
  readonly requestSha256: Buffer | null;
  readonly requestBytes: number | null;
  readonly answerSha256: Buffer | null;
  readonly answerBytes: number | null;
  readonly restored: number | null;
  readonly usage: Usage | null;
  readonly finishReasons: readonly string[] | null;
  readonly attempts: number | null;
  readonly errorCode: string | null;
  /** Null where there is nothing to seal. */
  readonly openingSealed: Buffer | null;
  readonly outcomeSealed: Buffer | null;
  readonly toolRoundsSealed: Buffer | null;
  readonly createdAt: Date;
  readonly firstByteMs: number | null;
  readonly durationMs: number | null;
  readonly endedAt: Date | null;
}

/** A receipt as it is shown. */
export interface Receipt extends Omit<ReceiptRow, 'openingSealed' | 'outcomeSealed' | 'toolRoundsSealed'> {
  readonly unknownFields: readonly string[];
  readonly unresolved: readonly UnresolvedToken[];
  readonly toolRounds: readonly ToolRound[];
}

/** Which receipts to list; absent fields do not filter. */
export interface ReceiptFilter {
  readonly status?: ReceiptStatus | undefined;
  readonly model?: string | undefined;
  readonly projectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Stands in the receipt of a completion whose process ended before it. */
export const PROCESS_ENDED = 'PROCESS_ENDED';
