import { Injectable } from '@nestjs/common';
import { type Condition, listRows } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ReceiptReach } from './receipt-reach.policy.js';
import { insertionOf, type OpeningRow } from './receipt-rows.js';
import { PROCESS_ENDED, type ReceiptFilter, type ReceiptRow } from './stored-receipt.js';

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", user_id AS "userId",
  request_id AS "requestId", conversation_id AS "conversationId", status, model_requested AS "modelRequested", model,
  upstream_id AS "upstreamId", upstream_name AS "upstreamName", private AS "isPrivate", shielded AS "isShielded",
  streamed AS "isStreamed", policy_id AS "policyId", policy_version AS "policyVersion", counts, actions,
  request_sha256 AS "requestSha256", request_bytes::float8 AS "requestBytes", answer_sha256 AS "answerSha256",
  answer_bytes::float8 AS "answerBytes", restored, usage, finish_reasons AS "finishReasons", attempts,
  error_code AS "errorCode", sealed AS "openingSealed", outcome_sealed AS "outcomeSealed",
  tool_rounds_sealed AS "toolRoundsSealed",
  created_at AS "createdAt", first_byte_ms AS "firstByteMs", duration_ms AS "durationMs", ended_at AS "endedAt"`;

const END_LOST = `
  UPDATE chat_receipts SET status = 'failed', error_code = $1, ended_at = now()
   WHERE id IN (SELECT id FROM chat_receipts
                 WHERE status = 'sent' AND created_at < now() - make_interval(secs => $2)
                 LIMIT $3 FOR UPDATE SKIP LOCKED)`;

const conditionsOf = ({ organizationId, userId, projectId }: ReceiptReach): Condition[] => [
  ['organization_id = ?', organizationId],
  ['user_id = ?', userId],
  ['project_id = ?', projectId],
];

/** Something in it was written by people or models. */
const WORDED = '(sealed IS NOT NULL OR outcome_sealed IS NOT NULL OR tool_rounds_sealed IS NOT NULL)';

@Injectable()
export class ReceiptsRepository {
  async insertMany(rows: readonly OpeningRow[], tx: Tx): Promise<void> {
    const { sql, parameters } = insertionOf(rows);
    await tx.query(sql, [...parameters]);
  }

  /** Marks some of those that have been on their way for longer than that. @returns how many */
  async endLost(seconds: number, limit: number, tx: Tx): Promise<number> {
    const [, count] = await tx.query(END_LOST, [PROCESS_ENDED, seconds, limit]);
    return count;
  }

  async updateToolRounds(organizationId: string, id: string, sealed: Buffer | null, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE chat_receipts SET tool_rounds_sealed = $3 WHERE organization_id = $1 AND id = $2',
      [organizationId, id, sealed],
    );
  }

  list(reach: ReceiptReach, filter: ReceiptFilter, listing: Listing, db: Tx): Promise<Listed<ReceiptRow>> {
    const where: Condition[] = [
      ...conditionsOf(reach),
      ['status = ?', filter.status],
      ['model = ?', filter.model],
      ['project_id = ?', filter.projectId],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ];
    const sort = { created_at: { column: 'created_at', type: 'timestamptz' } } as const;
    return listRows({ select: COLUMNS, from: 'chat_receipts', where, sort }, listing, db);
  }

  async find({ organizationId, userId, projectId }: ReceiptReach, id: string, db: Tx) {
    const rows: ReceiptRow[] = await db.query(
      `SELECT ${COLUMNS} FROM chat_receipts
        WHERE organization_id = $1 AND id = $2
          AND ($3::text IS NULL OR user_id = $3) AND ($4::text IS NULL OR project_id = $4)`,
      [organizationId, id, userId ?? null, projectId ?? null],
    );
    return rows[0];
  }

  /** Receipts of somebody that have words in them. */
  async countWorded(organizationId: string, userId: string, db: Tx): Promise<number> {
    const sql = `SELECT count(*)::int AS worded FROM chat_receipts
                  WHERE organization_id = $1 AND user_id = $2 AND ${WORDED}`;
    return (await db.query(sql, [organizationId, userId]))[0].worded;
  }

  /** Takes the words out of some of them; returns how many. */
  async blankSome(organizationId: string, userId: string, limit: number, tx: Tx): Promise<number> {
    const [, blanked] = await tx.query(
      `UPDATE chat_receipts SET sealed = NULL, outcome_sealed = NULL, tool_rounds_sealed = NULL
        WHERE id IN (SELECT id FROM chat_receipts WHERE organization_id = $1 AND user_id = $2 AND ${WORDED} LIMIT $3)`,
      [organizationId, userId, limit],
    );
    return blanked;
  }
}
