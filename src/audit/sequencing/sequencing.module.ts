import { Module } from '@nestjs/common';
import { UserDirectoryModule } from '../../accounts/index.js';
import { LedgerModule } from '../../platform/storage/ledger.module.js';
import { TreesModule } from '../trees/trees.module.js';
import { AuditSequencer } from './audit-sequencer.service.js';
import { CheckpointPublisher } from './checkpoint-publisher.service.js';
import { InstanceHistory } from './instance-history.service.js';
import { OutsideCheckpoints } from './outside-checkpoints.service.js';
import { OwedHeadsRepository } from './owed-heads.repository.js';
import { PendingRowsRepository } from './pending-rows.repository.js';
import { Quarantine } from './quarantine.service.js';
import { QuarantineEntries } from './quarantine-entries.service.js';
import { QuarantineGauges } from './quarantine-gauges.service.js';
import { SequencingRound } from './sequencing-round.service.js';
import { TenantTrees } from './tenant-trees.js';

/** Giving audit rows their places in the log: work of the leader. */
@Module({
  imports: [LedgerModule, TreesModule, UserDirectoryModule],
  providers: [
    AuditSequencer,
    CheckpointPublisher,
    InstanceHistory,
    OutsideCheckpoints,
    OwedHeadsRepository,
    PendingRowsRepository,
    ...[Quarantine, QuarantineEntries, QuarantineGauges],
    SequencingRound,
    TenantTrees,
  ],
})
export class SequencingModule {}
