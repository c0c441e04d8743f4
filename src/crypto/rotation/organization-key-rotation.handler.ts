import { Injectable } from '@nestjs/common';
import { type TaskContext, type TaskEffect, TaskHandler } from '../../platform/queue/task-handler.js';
import { ORGANIZATION_KEY_ROTATION, type RotationInput } from './key-rotation.task.js';
import { OrganizationRotation } from './organization-rotation.service.js';
import { RotationSteps } from './rotation-steps.service.js';

@Injectable()
export class OrganizationKeyRotationHandler extends TaskHandler<RotationInput> {
  readonly definition = ORGANIZATION_KEY_ROTATION;

  constructor(
    private readonly steps: RotationSteps,
    private readonly rotation: OrganizationRotation,
  ) {
    super();
  }

  run(context: TaskContext<RotationInput>): Promise<TaskEffect> {
    return this.steps.run(context, this.rotation, 'organization');
  }
}
