import { Module } from '@nestjs/common';
import { UserDirectoryModule } from '../../accounts/index.js';
import { LedgerModule } from '../../platform/storage/ledger.module.js';
import { CheckpointPublisher } from '../sequencing/checkpoint-publisher.service.js';
import { InstanceHistory } from '../sequencing/instance-history.service.js';
import { OutsideCheckpoints } from '../sequencing/outside-checkpoints.service.js';
import { TreesModule } from '../trees/trees.module.js';
import { DatabaseLog } from './database-log.service.js';
import { Lineage } from './lineage.service.js';
import { RestoredEntries } from './restored-entries.service.js';

/** Whether the database is the one that was there before; of the set-up, which has no log to warn in and needs no objects. */
@Module({
  imports: [LedgerModule, TreesModule, UserDirectoryModule],
  providers: [
    CheckpointPublisher,
    DatabaseLog,
    InstanceHistory,
    Lineage,
    OutsideCheckpoints,
    RestoredEntries,
  ],
})
export class LineageModule {}
