import { Module } from '@nestjs/common';
import { FilesModule } from '../../files/index.js';
import { ProjectsModule } from '../../projects/index.js';
import { RedactionsModule } from '../redactions/redactions.module.js';
import { RedactedArchiveController } from './http/redacted-archive.controller.js';
import { RedactedDownloads } from './redacted-downloads.service.js';

/** Redacted files of a project in one archive. */
@Module({
  imports: [FilesModule, ProjectsModule, RedactionsModule],
  controllers: [RedactedArchiveController],
  providers: [RedactedDownloads],
})
export class RedactedArchiveModule {}
