import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/index.js';
import { ErrorPresenters } from '../../platform/http/error-presenter.js';
import { RedactionModule } from '../../redaction/index.js';
import { SafekeylabAuditLogsController } from './safekeylab-audit-logs.controller.js';
import { presentSafekeylabError } from './safekeylab-error.presenter.js';
import { SafekeylabTextController } from './safekeylab-text.controller.js';

/** SafeKeyLab's surface: the same text operations, with its audit list and its errors. */
@Module({
  imports: [RedactionModule, AuditModule],
  controllers: [SafekeylabTextController, SafekeylabAuditLogsController],
})
export class SafekeylabModule {
  constructor(presenters: ErrorPresenters) {
    presenters.register('safekeylab', presentSafekeylabError);
  }
}
