import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type TaskContext, type TaskEffect, TaskError } from '../../platform/queue/task-handler.js';
import { UnknownMasterKey } from '../master-keys.js';
import type { KeyRotation } from './key-rotation.js';
import type { RotationTarget } from './key-rotation.task.js';

/** The steps of a rotation, the same whatever is rotated. */
@Injectable()
export class RotationSteps {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * Wraps everything anew, a few keys in each transaction, so that nobody waits long and a crash loses little; the
   * effect removes the old keys.
   * @throws TaskError MASTER_KEY_UNKNOWN when this process was not given a master key that the database uses
   */
  async run(context: TaskContext, rotation: KeyRotation, target: RotationTarget): Promise<TaskEffect> {
    const { task, job, signal, log } = context;
    const { organizationId } = task;
    try {
      let rewrapped = 0;
      for (let some = -1; some !== 0; rewrapped += some) {
        signal.throwIfAborted();
        some = await this.unitOfWork.run((tx) => rotation.rewrapSome(organizationId, tx));
      }
      await log('info', 'KEYS_REWRAPPED', `${rewrapped} keys were wrapped anew.`);
    } catch (error) {
      if (!(error instanceof UnknownMasterKey)) throw error;
      await log(
        'error',
        'MASTER_KEY_UNKNOWN',
        'A worker does not know the master key that the database uses.',
      );
      throw new TaskError('MASTER_KEY_UNKNOWN', { cause: error });
    }
    return async (tx) => {
      const result = await rotation.finish(organizationId, tx);
      if (!result) return { itemsFailed: 0 };
      await this.audit.append(
        {
          organizationId,
          actor: { type: 'user', id: job.createdBy },
          action: `${target}_key.rotated`,
          target: { type: `${target}_key`, id: result.keyId },
          requestId: job.id,
          counts: { ...result.counts, removed_keys: result.removed },
        },
        tx,
      );
      return { itemsFailed: 0 };
    };
  }
}
