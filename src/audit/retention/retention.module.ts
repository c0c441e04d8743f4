import { Module } from '@nestjs/common';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { AuditRetention } from './audit-retention.work.js';
import { SegmentsRepository } from './segments.repository.js';

/** Taking entries out of the database that their organization keeps no longer: work of the leader. */
@Module({ providers: [AuditRetention, LogLeavesRepository, SegmentsRepository] })
export class AuditRetentionModule {}
