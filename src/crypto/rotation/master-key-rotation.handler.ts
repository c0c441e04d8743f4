import { Injectable } from '@nestjs/common';
import { type TaskContext, type TaskEffect, TaskHandler } from '../../platform/queue/task-handler.js';
import { MASTER_KEY_ROTATION, type RotationInput } from './key-rotation.task.js';
import { MasterRotation } from './master-rotation.service.js';
import { RotationSteps } from './rotation-steps.service.js';

@Injectable()
export class MasterKeyRotationHandler extends TaskHandler<RotationInput> {
  readonly definition = MASTER_KEY_ROTATION;

  constructor(
    private readonly steps: RotationSteps,
    private readonly rotation: MasterRotation,
  ) {
    super();
  }

  run(context: TaskContext<RotationInput>): Promise<TaskEffect> {
    return this.steps.run(context, this.rotation, 'master');
  }
}
