import { Module } from '@nestjs/common';
import { StorageModule } from '../../platform/storage/storage.module.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { ArchivedEntries } from './archived-entries.service.js';
import { SegmentArchive } from './segment-archive.service.js';
import { SegmentsRepository } from './segments.repository.js';
import { Segments } from './segments.service.js';

/** Parts of logs whose entries are kept no longer, and the archive of those that are kept elsewhere. */
@Module({
  imports: [StorageModule],
  providers: [ArchivedEntries, LogLeavesRepository, SegmentArchive, Segments, SegmentsRepository],
  exports: [ArchivedEntries, SegmentArchive, Segments],
})
export class SegmentsModule {}
