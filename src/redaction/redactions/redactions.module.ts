import { Module } from '@nestjs/common';
import { FilesModule } from '../../files/index.js';
import { ProjectsModule } from '../../projects/index.js';
import { DocumentRedactionModule } from '../document-redaction.module.js';
import { DocumentRedactor } from './document-redactor.service.js';
import { DocumentReportsService } from './document-reports.service.js';
import { DocumentReportsController } from './http/document-reports.controller.js';
import { RedactionJobType } from './http/redaction.job-type.js';
import { RedactionOperations } from './http/redaction-operations.js';
import { RedactionsController } from './http/redactions.controller.js';
import { ProjectRedactions } from './project-redactions.js';
import { RedactionSealer } from './redaction.sealer.js';
import { RedactionCompletion } from './redaction-completion.service.js';
import { RedactionDocumentHandler } from './redaction-document.handler.js';
import { RedactionDocumentsRepository } from './redaction-documents.repository.js';
import { RedactionEndings } from './redaction-endings.js';
import { RedactionEventsService } from './redaction-events.service.js';
import { RedactionIntake } from './redaction-intake.service.js';
import { RedactionNewsWriter } from './redaction-news.service.js';
import { RedactionPreparation } from './redaction-preparation.service.js';
import { RedactionProgress } from './redaction-progress.service.js';
import { RedactionReportsRepository } from './redaction-reports.repository.js';
import { RedactionRows } from './redaction-rows.service.js';
import { RedactionSecrets } from './redaction-secrets.service.js';
import { RedactionsRepository } from './redactions.repository.js';
import { RedactionsService } from './redactions.service.js';
import { UploadPolicies } from './upload-policies.js';
import { UploadedDocuments } from './uploaded-documents.consumer.js';

/** Documents that workers redact: what is asked for, what is done about it, and what comes of it. */
@Module({
  imports: [DocumentRedactionModule, FilesModule, ProjectsModule],
  controllers: [RedactionsController, DocumentReportsController],
  providers: [
    DocumentRedactor,
    DocumentReportsService,
    ProjectRedactions,
    RedactionCompletion,
    RedactionDocumentHandler,
    RedactionDocumentsRepository,
    RedactionEndings,
    RedactionEventsService,
    RedactionIntake,
    RedactionJobType,
    RedactionNewsWriter,
    RedactionOperations,
    RedactionPreparation,
    RedactionProgress,
    RedactionReportsRepository,
    RedactionRows,
    RedactionSealer,
    RedactionSecrets,
    RedactionsRepository,
    RedactionsService,
    UploadPolicies,
    UploadedDocuments,
  ],
  exports: [RedactionSecrets],
})
export class RedactionsModule {}
