import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { LocalObjectStore } from './local.object-store.js';
import { LooseObjectsRepository } from './loose-objects.repository.js';
import { LooseObjects } from './loose-objects.service.js';
import { LooseObjectsSweeper } from './loose-objects.sweeper.js';
import { ObjectStore } from './object-store.js';
import { SandboxQuota } from './sandbox-quota.js';
import { StorageCheck } from './storage-check.js';
import { StorageUsageRepository } from './storage-usage.repository.js';
import { StorageUsage } from './storage-usage.service.js';

/** In a bucket where one is set, else in the data folder. The SDK is large: only who needs it loads it. */
async function createStore(settings: Settings): Promise<ObjectStore> {
  const { S3_BUCKET } = settings;
  if (!S3_BUCKET) return new LocalObjectStore(join(settings.REDOUBT_DATA_DIR, 'files'));
  const { S3ObjectStore } = await import('./s3.object-store.js');
  return new S3ObjectStore({ ...settings, S3_BUCKET });
}

/** Where the bytes of files lie, what is loose there, and how much of it belongs to whom. The leader sweeps. */
@Module({
  providers: [
    LooseObjectsRepository,
    LooseObjectsSweeper,
    SandboxQuota,
    StorageUsageRepository,
    StorageUsage,
    { provide: ObjectStore, inject: [SETTINGS], useFactory: createStore },
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
    {
      provide: StorageCheck,
      inject: [ObjectStore, LOGGER],
      useFactory: (store: ObjectStore, logger: Logger) => new StorageCheck(store, logger),
    },
  ],
  exports: [ObjectStore, LooseObjects, StorageUsage],
})
export class StorageModule {}
