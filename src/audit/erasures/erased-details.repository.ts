import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Attempts on their account, by whoever sat at that address: nobody acted, as far as the log knows. */
const ATTEMPTS = `subject_user_id = $2 AND user_id IS NULL AND actor_id IN ('login', 'password-reset')`;

const THEIRS = `organization_id = $1 AND (user_id = $2 OR (${ATTEMPTS})) AND sealed IS NOT NULL`;

@Injectable()
export class ErasedDetailsRepository {
  async count(organizationId: string, userId: string, db: Tx): Promise<number> {
    const sql = `SELECT count(*)::int AS details FROM audit_logs WHERE ${THEIRS}`;
    return (await db.query(sql, [organizationId, userId]))[0].details;
  }

  /** Leaves of some details the digest that the log commits to; returns how many. */
  async eraseSome(organizationId: string, userId: string, limit: number, tx: Tx): Promise<number> {
    const [, erased] = await tx.query(
      `UPDATE audit_logs SET sealed_digest = sha256(sealed), sealed = NULL
        WHERE id IN (SELECT id FROM audit_logs WHERE ${THEIRS} LIMIT $3)`,
      [organizationId, userId, limit],
    );
    return erased;
  }
}
