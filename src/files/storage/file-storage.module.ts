import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ObjectStore } from '../../platform/storage/object-store.js';
import { StorageModule } from '../../platform/storage/storage.module.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { LooseObjectsRepository } from './loose-objects.repository.js';
import { LooseObjects } from './loose-objects.service.js';
import { LooseObjectsSweeper } from './loose-objects.sweeper.js';
import { SandboxQuota } from './sandbox-quota.js';
import { StorageUsageRepository } from './storage-usage.repository.js';
import { StorageUsage } from './storage-usage.service.js';

/** What is loose among stored objects, and how much of them belongs to whom. The leader sweeps. */
@Module({
  imports: [StorageModule],
  providers: [
    LooseObjectsRepository,
    LooseObjectsSweeper,
    SandboxQuota,
    StorageUsageRepository,
    StorageUsage,
    {
      provide: LooseObjects,
      inject: [LooseObjectsRepository, UnitOfWork, ObjectStore, LOGGER],
      useFactory: (
        repository: LooseObjectsRepository,
        unitOfWork: UnitOfWork,
        store: ObjectStore,
        logger: Logger,
      ) => new LooseObjects(repository, unitOfWork, store, logger),
    },
  ],
  exports: [StorageModule, LooseObjects, StorageUsage],
})
export class FileStorageModule {}
