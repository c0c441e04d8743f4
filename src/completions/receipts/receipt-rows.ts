import { type RowColumn, rowSetOf } from '../../platform/database/row-set.js';
import type { Statement } from '../../platform/database/statement.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ReceiptEnd, ReceiptOpening } from './receipt.js';

/** What an opened receipt is written from. */
export interface OpeningRow {
  readonly opening: ReceiptOpening;
  readonly caller: Pick<Caller, 'principal' | 'requestId'>;
  readonly sealed: Buffer | null;
  readonly createdAt: Date;
}

/** What the end of one is written from. */
export interface EndRow {
  readonly id: string;
  readonly organizationId: string;
  readonly end: ReceiptEnd;
  readonly sealed: Buffer | null;
  readonly endedAt: Date;
}

const OPENING: readonly RowColumn<OpeningRow>[] = [
  ['id', 'text', ({ opening }) => opening.id],
  ['organization_id', 'text', ({ caller }) => caller.principal.organizationId],
  ['project_id', 'text', ({ opening }) => opening.projectId],
  ['user_id', 'text', ({ caller }) => caller.principal.userId],
  ['actor_type', 'text', ({ caller }) => caller.principal.credential.kind],
  ['actor_id', 'text', ({ caller }) => caller.principal.credential.id],
  ['request_id', 'text', ({ caller }) => caller.requestId],
  ['conversation_id', 'text', ({ opening }) => opening.conversationId],
  ['status', 'text', ({ opening }) => opening.status],
  ['model_requested', 'text', ({ opening }) => opening.modelRequested],
  ['model', 'text', ({ opening }) => opening.model],
  ['upstream_id', 'text', ({ opening }) => opening.upstream?.id],
  ['upstream_name', 'text', ({ opening }) => opening.upstream?.name],
  ['private', 'boolean', ({ opening }) => opening.isPrivate],
  ['shielded', 'boolean', ({ opening }) => opening.isShielded],
  ['streamed', 'boolean', ({ opening }) => opening.isStreamed],
  ['policy_id', 'text', ({ opening }) => opening.policy?.id],
  ['policy_version', 'integer', ({ opening }) => opening.policy?.version],
  ['counts', 'jsonb', ({ opening }) => opening.counts],
  ['actions', 'jsonb', ({ opening }) => opening.actions],
  ['request_sha256', 'bytea', ({ opening }) => opening.sent?.sha256],
  ['request_bytes', 'bigint', ({ opening }) => opening.sent?.bytes],
  ['sealed', 'bytea', ({ sealed }) => sealed],
  ['created_at', 'timestamptz', ({ createdAt }) => createdAt],
  ['ended_at', 'timestamptz', ({ opening, createdAt }) => (opening.status === 'blocked' ? createdAt : null)],
];

/** As the database's function `end_chat_receipts` takes them. */
const END: readonly RowColumn<EndRow>[] = [
  ['id', 'text', ({ id }) => id],
  ['organization_id', 'text', ({ organizationId }) => organizationId],
  ['status', 'text', ({ end }) => end.status],
  ['upstream_id', 'text', ({ end }) => end.upstream?.id],
  ['upstream_name', 'text', ({ end }) => end.upstream?.name],
  ['answer_sha256', 'bytea', ({ end }) => end.answer?.sha256],
  ['answer_bytes', 'bigint', ({ end }) => end.answer?.bytes],
  ['restored', 'integer', ({ end }) => end.restored],
  ['unresolved', 'integer', ({ end }) => end.unresolved.length],
  ['usage', 'jsonb', ({ end }) => end.usage],
  ['finish_reasons', 'jsonb', ({ end }) => end.finishReasons],
  ['attempts', 'integer', ({ end }) => end.attempts],
  ['error_code', 'text', ({ end }) => end.errorCode],
  ['outcome_sealed', 'bytea', ({ sealed }) => sealed],
  ['first_byte_ms', 'integer', ({ end }) => whole(end.firstByteMs)],
  ['duration_ms', 'integer', ({ end }) => whole(end.durationMs)],
  ['ended_at', 'timestamptz', ({ endedAt }) => endedAt],
];

const whole = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Math.round(milliseconds);

const OPENINGS = rowSetOf(OPENING);
const ENDS = rowSetOf(END);

const INSERT = `INSERT INTO chat_receipts (${OPENINGS.names}) SELECT ${OPENINGS.names} FROM ${OPENINGS.from(1)}`;

const UPDATE = 'SELECT ended AS id FROM end_chat_receipts($1::jsonb) AS ended';

/** Writes receipts. */
export const insertionOf = (rows: readonly OpeningRow[]): Statement => ({
  sql: INSERT,
  parameters: [OPENINGS.valueOf(rows)],
});

/** Writes ends, each once; answers the ids of the receipts that were not over yet. */
export const endingOf = (rows: readonly EndRow[]): Statement => ({
  sql: UPDATE,
  parameters: [ENDS.valueOf(rows)],
});
