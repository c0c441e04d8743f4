import { Module } from '@nestjs/common';
import type { TaskDefinition } from '../../platform/queue/task-definition.js';
import { KeyRotationController } from '../http/key-rotation.controller.js';
import {
  MASTER_KEY_ROTATION,
  MASTER_KEY_SETTLEMENT,
  ORGANIZATION_KEY_ROTATION,
} from './key-rotation.task.js';
import { KeyRotationsRepository } from './key-rotations.repository.js';
import { KeyRotationsService } from './key-rotations.service.js';
import { MasterKeyRotationHandler } from './master-key-rotation.handler.js';
import { MasterKeySettlementHandler } from './master-key-settlement.handler.js';
import { MasterRotation } from './master-rotation.service.js';
import { MasterWrappersRepository } from './master-wrappers.repository.js';
import { OrganizationKeyRotationHandler } from './organization-key-rotation.handler.js';
import { OrganizationRotation } from './organization-rotation.service.js';
import { OrganizationWrappersRepository } from './organization-wrappers.repository.js';
import { RotationSteps } from './rotation-steps.service.js';

/** Renewing the keys that wrap other keys; of API and worker processes, since set-up has no queue. */
@Module({
  controllers: [KeyRotationController],
  providers: [
    KeyRotationsRepository,
    KeyRotationsService,
    MasterKeyRotationHandler,
    MasterKeySettlementHandler,
    MasterRotation,
    MasterWrappersRepository,
    OrganizationKeyRotationHandler,
    OrganizationRotation,
    OrganizationWrappersRepository,
    RotationSteps,
  ],
})
export class KeyRotationModule {
  /** The kinds of task it does. */
  static readonly TASKS: readonly TaskDefinition[] = [
    ORGANIZATION_KEY_ROTATION,
    MASTER_KEY_ROTATION,
    MASTER_KEY_SETTLEMENT,
  ];
}
