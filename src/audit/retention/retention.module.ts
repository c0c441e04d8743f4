import { Module } from '@nestjs/common';
import { LooseObjectsModule } from '../../platform/storage/loose-objects.module.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { SegmentsModule } from '../segments/segments.module.js';
import { AuditRetention } from './audit-retention.work.js';
import { DueSegmentsRepository } from './due-segments.repository.js';
import { SegmentArchiver } from './segment-archiver.service.js';
import { SegmentGauges } from './segment-gauges.service.js';

/** Taking entries out of the database that their organization keeps no longer: work of the leader. */
@Module({
  imports: [LooseObjectsModule, SegmentsModule],
  providers: [AuditRetention, DueSegmentsRepository, LogLeavesRepository, SegmentArchiver, SegmentGauges],
})
export class AuditRetentionModule {}
