import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { ProjectsRepository } from '../projects/index.js';
import { DocumentNews } from './document-news.service.js';
import { DocumentsRepository, type NewDocumentRow } from './documents.repository.js';
import { filesError } from './files.errors.js';
import { FilesRepository } from './files.repository.js';
import { LooseObjects } from './storage/loose-objects.service.js';
import { StorageUsage } from './storage/storage-usage.service.js';
import type { PreparedUpload } from './upload-preparation.service.js';

/** Writes uploaded documents: rows, object, counts, quota and news, all or none. */
@Injectable()
export class DocumentAdditions {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly documents: DocumentsRepository,
    private readonly files: FilesRepository,
    private readonly loose: LooseObjects,
    private readonly usage: StorageUsage,
    private readonly news: DocumentNews,
  ) {}

  /**
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED, DOCUMENT_EXISTS, STORAGE_QUOTA_EXCEEDED, STORAGE_UNAVAILABLE when the
   *   object was lost meanwhile
   */
  async addDocument(caller: Caller, { document, file }: PreparedUpload, tx: Tx): Promise<void> {
    const { organizationId, projectId, size } = document;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.status !== 'active') throw projectArchived();
    if (!(await this.documents.insert(document, tx))) throw await this.exists(document, tx);
    await this.files.insert(file, tx);
    await this.loose.claim(file.objectKey, tx);
    await this.projects.adjustCounts(organizationId, projectId, { documents: 1, bytes: size }, tx);
    await this.news.uploaded(caller, document, tx);
    await this.usage.charge(organizationId, size, tx);
  }

  private async exists({ organizationId, projectId, nameLookup }: NewDocumentRow, tx: Tx) {
    const fileId = await this.documents.findFileByName(organizationId, projectId, nameLookup, tx);
    const details = { field: 'file', constraint: 'unique', ...(fileId && { file_id: fileId }) };
    return filesError('DOCUMENT_EXISTS', { details });
  }
}

export const projectArchived = () =>
  filesError('PROJECT_ARCHIVED', { details: { field: 'project_id', constraint: 'active' } });
