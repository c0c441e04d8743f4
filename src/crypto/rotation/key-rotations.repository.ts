import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { KEY_ROTATION_JOB, type RotationTarget } from './key-rotation.task.js';

/** What a rotation finds of the rotations before it. */
@Injectable()
export class KeyRotationsRepository {
  /** One at a time decides about rotations of a target, until the transaction ends. */
  async lock(target: RotationTarget, organizationId: string, tx: Tx): Promise<void> {
    const name = target === 'master' ? 'master' : organizationId;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`key rotation/${name}`]);
  }

  /** Whether a job rotates this target already; the master key has one for all organizations. */
  async isRunning(target: RotationTarget, organizationId: string, db: Tx): Promise<boolean> {
    const rows = await db.query(
      `SELECT FROM jobs
        WHERE type = $1 AND reference ->> 'target' = $2 AND status IN ('queued', 'running')
          AND ($2 = 'master' OR organization_id = $3) LIMIT 1`,
      [KEY_ROTATION_JOB, target, organizationId],
    );
    return rows.length > 0;
  }
}
