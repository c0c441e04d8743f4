import { Injectable } from '@nestjs/common';
import { Grants } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository } from '../projects/index.js';
import { type AskedRedaction, DocumentNews } from './document-news.service.js';
import { DocumentsRepository, type NewDocumentRow } from './documents.repository.js';
import { FileRecords } from './file-records.service.js';
import { filesError, projectArchived } from './files.errors.js';
import { StorageUsage } from './storage/storage-usage.service.js';
import type { PreparedUpload, UploadRedaction } from './upload-preparation.service.js';

/** Time in which an upload's redaction must have been done, in milliseconds. */
const GRANT_MS = 24 * 3_600_000;

/** Writes uploaded documents: rows, object, counts, quota and news, all or none. */
@Injectable()
export class DocumentAdditions {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly documents: DocumentsRepository,
    private readonly records: FileRecords,
    private readonly usage: StorageUsage,
    private readonly grants: Grants,
    private readonly news: DocumentNews,
  ) {}

  /**
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED, DOCUMENT_EXISTS, STORAGE_QUOTA_EXCEEDED, STORAGE_UNAVAILABLE when the
   *   object was lost meanwhile
   */
  async addDocument(caller: Caller, { document, file, redaction }: PreparedUpload, tx: Tx): Promise<void> {
    const { organizationId, projectId, size } = document;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    if (!(await this.documents.insert(document, tx))) throw await this.exists(document, tx);
    await this.records.add(file, tx);
    await this.projects.adjustCounts(organizationId, projectId, { documents: 1, bytes: size }, tx);
    const asked = redaction && (await this.granted(document, redaction, tx));
    await this.news.uploaded(caller, document, asked, tx);
    await this.usage.charge(organizationId, size, tx);
  }

  /** So that no password is asked for: the key is at hand now, and sealed in the project afterwards. */
  private async granted(
    { organizationId, fileId }: NewDocumentRow,
    { processorId, fileKey }: UploadRedaction,
    tx: Tx,
  ): Promise<AskedRedaction> {
    const expiresAt = new Date(Date.now() + GRANT_MS);
    const grantId = await this.grants.give({ organizationId, fileId }, { fileKey }, expiresAt, tx);
    return { grantId, processorId };
  }

  private async exists({ organizationId, projectId, nameLookup }: NewDocumentRow, tx: Tx) {
    const fileId = await this.documents.findFileByName(organizationId, projectId, nameLookup, tx);
    const details = { field: 'file', constraint: 'unique', ...(fileId && { file_id: fileId }) };
    return filesError('DOCUMENT_EXISTS', { details });
  }
}
