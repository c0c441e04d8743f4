import { Module } from '@nestjs/common';
import { AuditRetentionModule } from './retention/retention.module.js';
import { SequencingModule } from './sequencing/sequencing.module.js';
import { AuditStreamsModule } from './streams/streams.module.js';

/** What the leader of the workers does for the log: places, collectors, retention. */
@Module({
  imports: [SequencingModule, AuditStreamsModule, AuditRetentionModule],
  exports: [AuditStreamsModule, AuditRetentionModule],
})
export class AuditWorkModule {}
