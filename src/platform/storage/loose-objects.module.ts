import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOGGER } from '../telemetry/logger.js';
import { LooseObjectsRepository } from './loose-objects.repository.js';
import { LooseObjects } from './loose-objects.service.js';
import { LooseObjectsSweeper } from './loose-objects.sweeper.js';
import { ObjectStore } from './object-store.js';
import { StorageModule } from './storage.module.js';

/** Objects, and which of them nothing refers to. The leader sweeps. */
@Module({
  imports: [StorageModule],
  providers: [
    LooseObjectsRepository,
    LooseObjectsSweeper,
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
  exports: [StorageModule, LooseObjects],
})
export class LooseObjectsModule {}
