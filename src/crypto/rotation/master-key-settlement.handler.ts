import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type TaskEffect, TaskHandler } from '../../platform/queue/task-handler.js';
import { MasterKeySuccession } from '../master-key-succession.service.js';
import { MASTER_KEY_SETTLEMENT, type RotationInput } from './key-rotation.task.js';

/** A task of its own, begun once the old key's end is committed, and repeated until the file is in its place. */
@Injectable()
export class MasterKeySettlementHandler extends TaskHandler<RotationInput> {
  readonly definition = MASTER_KEY_SETTLEMENT;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly succession: MasterKeySuccession,
  ) {
    super();
  }

  async run(): Promise<TaskEffect> {
    await this.unitOfWork.run((tx) => this.succession.settle(tx));
    return async () => ({ itemsFailed: 0 });
  }
}
