import { Injectable } from '@nestjs/common';
import { Grants } from '../crypto/index.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository, projectArchived } from '../projects/index.js';
import { DocumentNews } from './document-news.service.js';
import { DocumentsRepository, type NewDocumentRow } from './documents.repository.js';
import { FileRecords } from './file-records.service.js';
import { filesError } from './files.errors.js';
import { StorageUsage } from './storage/storage-usage.service.js';
import type { PreparedUpload } from './upload-preparation.service.js';

/** Time in which what an upload asked for must have been done, in milliseconds. */
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
   * @returns the grant of the file's key, where something is to be done with the document
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED, DOCUMENT_EXISTS, STORAGE_QUOTA_EXCEEDED, STORAGE_UNAVAILABLE when the
   *   object was lost meanwhile
   */
  async addDocument(
    caller: Caller,
    { document, file, redaction, readableBy }: PreparedUpload,
    tx: Tx,
  ): Promise<{ grantId: string | undefined }> {
    const { organizationId, projectId, size } = document;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    if (!(await this.documents.insert(document, tx))) throw await this.exists(document, tx);
    await this.records.add(file, tx);
    const own = document.knowledgeBaseId === null ? 1 : 0;
    await this.projects.adjustCounts(organizationId, projectId, { documents: own, bytes: size }, tx);
    const grantId = readableBy && (await this.granted(document, readableBy, tx));
    const asked = redaction && grantId ? { ...redaction, grantId } : undefined;
    await this.news.uploaded(caller, document, asked, tx);
    await this.usage.charge(organizationId, size, tx);
    return { grantId };
  }

  /** So that no password is asked for: the key is at hand now, and sealed in the project afterwards. */
  private granted({ organizationId, fileId }: NewDocumentRow, fileKey: Buffer, tx: Tx): Promise<string> {
    const expiresAt = new Date(Date.now() + GRANT_MS);
    return this.grants.give({ organizationId, fileId }, { fileKey }, expiresAt, tx);
  }

  private async exists(document: NewDocumentRow, tx: Tx) {
    const found = await this.documents.findByName(document, tx);
    const ids = found && { file_id: found.fileId, document_id: found.id };
    const details = { field: 'file', constraint: 'unique', ...ids };
    return filesError('DOCUMENT_EXISTS', { details });
  }
}
