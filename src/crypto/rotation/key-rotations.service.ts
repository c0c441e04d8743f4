import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { Job } from '../../platform/queue/job.js';
import { JobsRepository } from '../../platform/queue/jobs.repository.js';
import { JobsWriter } from '../../platform/queue/jobs.writer.js';
import { type NewTask, newTask } from '../../platform/queue/task-definition.js';
import { cryptoError } from '../crypto.errors.js';
import {
  KEY_ROTATION_JOB,
  MASTER_KEY_ROTATION,
  MASTER_KEY_SETTLEMENT,
  ORGANIZATION_KEY_ROTATION,
  type RotationTarget,
} from './key-rotation.task.js';
import { KeyRotationsRepository } from './key-rotations.repository.js';
import { MasterRotation } from './master-rotation.service.js';
import { OrganizationRotation } from './organization-rotation.service.js';

const tasksOf = (target: RotationTarget, items: number): NewTask[] =>
  target === 'organization'
    ? [newTask(ORGANIZATION_KEY_ROTATION, {}, items)]
    : [newTask(MASTER_KEY_ROTATION, {}, items), newTask(MASTER_KEY_SETTLEMENT, {}, 0)];

/** Begins rotations. */
@Injectable()
export class KeyRotationsService {
  constructor(
    private readonly repository: KeyRotationsRepository,
    private readonly organizations: OrganizationRotation,
    private readonly masters: MasterRotation,
    private readonly jobs: JobsWriter,
    private readonly jobRows: JobsRepository,
  ) {}

  /**
   * Makes the new key and the job that brings everything under it. From the moment `tx` commits what is new is wrapped
   * by the new key. A rotation that failed or was cancelled is gone on with.
   * @throws AppError PERMISSION_DENIED, KEY_ROTATION_RUNNING, NEXT_MASTER_KEY_MISSING, NEXT_MASTER_KEY_IN_USE
   */
  async rotate(caller: Caller, target: RotationTarget, tx: Tx): Promise<Job> {
    const { organizationId, systemRole } = caller.principal;
    if (target === 'master' && systemRole !== 'admin')
      throw platformError('PERMISSION_DENIED', {
        message: 'The master key is rotated by administrators of the instance.',
      });
    await this.repository.lock(target, organizationId, tx);
    // The master key has one rotation for all organizations.
    const among = target === 'master' ? undefined : organizationId;
    if (await this.jobRows.hasOpen(KEY_ROTATION_JOB, { target }, among, tx))
      throw cryptoError('KEY_ROTATION_RUNNING');
    const rotation = target === 'master' ? this.masters : this.organizations;
    const { keyId, items } = await rotation.begin(organizationId, tx);
    const reference = { target, key_id: keyId };
    const tasks = tasksOf(target, items);
    return this.jobs.create(
      caller,
      { type: KEY_ROTATION_JOB, version: 1, reference, tasks, sequential: true },
      tx,
    );
  }
}
