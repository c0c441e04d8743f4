import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { RotationTarget } from './key-rotation.task.js';

/** Keeps requests for rotations apart. */
@Injectable()
export class KeyRotationsRepository {
  /** One at a time decides about rotations of a target, until the transaction ends. */
  async lock(target: RotationTarget, organizationId: string, tx: Tx): Promise<void> {
    const name = target === 'master' ? 'master' : organizationId;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`key rotation/${name}`]);
  }
}
