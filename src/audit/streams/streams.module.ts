import { Module } from '@nestjs/common';
import { TreesModule } from '../trees/trees.module.js';
import { AuditStreamer } from './audit-streamer.service.js';
import { StreamGauges } from './stream-gauges.service.js';
import { StreamPositionsRepository } from './stream-positions.repository.js';
import { StreamSource } from './stream-source.service.js';

/** Sending the audit log to collectors outside: work of the leader. */
@Module({
  imports: [TreesModule],
  providers: [AuditStreamer, StreamGauges, StreamPositionsRepository, StreamSource],
})
export class AuditStreamsModule {}
