import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { Tenancy } from '../platform/http/tenancy.service.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { ProjectsModule } from '../projects/index.js';
import { CollectedDocuments } from './collected-documents.service.js';
import { DocumentAdditions } from './document-additions.service.js';
import { DocumentCollectionsRegistry } from './document-collections.js';
import { DocumentEventNames } from './document-event-names.service.js';
import { DocumentIntake } from './document-intake.service.js';
import { DocumentLookupsRepository } from './document-lookups.repository.js';
import { DocumentLookups } from './document-lookups.service.js';
import { DocumentNames } from './document-names.service.js';
import { DocumentNews } from './document-news.service.js';
import { DocumentRemoval } from './document-removal.service.js';
import { DocumentsRepository } from './documents.repository.js';
import { DocumentsService } from './documents.service.js';
import { DownloadsService } from './downloads.service.js';
import { FileBytes } from './file-bytes.service.js';
import { FileIntake } from './file-intake.service.js';
import { FileRecords } from './file-records.service.js';
import { FileRows } from './file-rows.service.js';
import { FILE_TEXTS } from './file-texts.js';
import { FilesRepository } from './files.repository.js';
import { DocumentOperations } from './http/document-operations.js';
import { DocumentsController } from './http/documents.controller.js';
import { FileOperations } from './http/file-operations.js';
import { FilesController } from './http/files.controller.js';
import { ProjectDocumentsController } from './http/project-documents.controller.js';
import { ProjectDocuments } from './project-documents.js';
import { FileReading } from './redacted/file-reading.service.js';
import { RedactedAttachment } from './redacted/redacted-attachment.service.js';
import { RedactedFiles } from './redacted/redacted-files.service.js';
import { RedactedPreparation } from './redacted/redacted-preparation.service.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';
import { RetentionSweeper } from './retention.sweeper.js';
import { SearchableDocuments } from './searchable-documents.service.js';
import { FileStorageModule } from './storage/file-storage.module.js';
import { TenantFiles } from './tenant-files.js';
import { UploadFields } from './upload-fields.service.js';
import { UploadPlace } from './upload-place.service.js';
import { UploadPreparation } from './upload-preparation.service.js';
import { UploadRedactionsRegistry } from './upload-redactions.js';
import { UploadsService } from './uploads.service.js';

/** Documents and their files, encrypted on their way in and opened on their way out. */
@Module({
  imports: [DiscoveryModule, ProjectsModule, FileStorageModule],
  controllers: [DocumentsController, FilesController, ProjectDocumentsController],
  providers: [
    CollectedDocuments,
    DocumentAdditions,
    DocumentCollectionsRegistry,
    DocumentEventNames,
    DocumentIntake,
    DocumentLookups,
    DocumentLookupsRepository,
    DocumentNames,
    DocumentNews,
    DocumentOperations,
    DocumentRemoval,
    DocumentsRepository,
    DocumentsService,
    DownloadsService,
    FileBytes,
    FileIntake,
    FileOperations,
    FileReading,
    FileRecords,
    FileRows,
    FilesRepository,
    ProjectDocuments,
    RedactedAttachment,
    RedactedFiles,
    RedactedPreparation,
    RetentionRepository,
    RetentionService,
    RetentionSweeper,
    SearchableDocuments,
    TenantFiles,
    Tenancy,
    UploadFields,
    UploadPlace,
    UploadPreparation,
    UploadRedactionsRegistry,
    UploadsService,
    sealedTexts(...FILE_TEXTS),
    tenantDirectory('doc', 'documents', { project: 'project_id' }),
    tenantDirectory('file', 'files', { project: 'project_id' }),
  ],
  exports: [CollectedDocuments, DocumentOperations, FileOperations, RedactedFiles, SearchableDocuments],
})
export class FilesModule {}
