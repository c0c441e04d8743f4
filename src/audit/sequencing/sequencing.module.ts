import { Module } from '@nestjs/common';
import { LedgerModule } from '../../platform/storage/ledger.module.js';
import { TreesModule } from '../trees/trees.module.js';
import { AuditSequencer } from './audit-sequencer.service.js';
import { CheckpointPublisher } from './checkpoint-publisher.service.js';
import { OutsideCheckpoints } from './outside-checkpoints.service.js';
import { PendingRowsRepository } from './pending-rows.repository.js';
import { SequencingRound } from './sequencing-round.service.js';
import { TenantTrees } from './tenant-trees.js';

/** Giving audit rows their places in the log: work of the leader. */
@Module({
  imports: [LedgerModule, TreesModule],
  providers: [
    AuditSequencer,
    CheckpointPublisher,
    OutsideCheckpoints,
    PendingRowsRepository,
    SequencingRound,
    TenantTrees,
  ],
})
export class SequencingModule {}
