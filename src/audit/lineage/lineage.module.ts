import { Module } from '@nestjs/common';
import { UserDirectoryModule } from '../../accounts/index.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { LedgerStore } from '../../platform/storage/ledger-store.js';
import { createLedgerStore } from '../../platform/storage/storage.module.js';
import { CheckpointPublisher } from '../sequencing/checkpoint-publisher.service.js';
import { OutsideCheckpoints } from '../sequencing/outside-checkpoints.service.js';
import { TreesModule } from '../trees/trees.module.js';
import { DatabaseLog } from './database-log.service.js';
import { Lineage } from './lineage.service.js';
import { RestoredEntries } from './restored-entries.service.js';

/** Whether the database is the one that was there before; of the set-up, which has no log to warn in and needs no objects. */
@Module({
  imports: [TreesModule, UserDirectoryModule],
  providers: [
    {
      provide: LedgerStore,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => createLedgerStore(settings),
    },
    ...[CheckpointPublisher, DatabaseLog, Lineage, OutsideCheckpoints, RestoredEntries],
  ],
})
export class LineageModule {}
