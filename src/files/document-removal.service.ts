import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { platformError } from '../platform/errors/app-error.js';
import type { Caller } from '../platform/http/request-context.js';
import { LooseObjects } from '../platform/storage/loose-objects.service.js';
import { type ProjectOwner, ProjectsRepository, projectError } from '../projects/index.js';
import { type DeletionCause, DocumentNews } from './document-news.service.js';
import { DocumentsRepository } from './documents.repository.js';
import { type DeletedFile, FilesRepository } from './files.repository.js';
import { StorageUsage } from './storage/storage-usage.service.js';

/**
 * Deletes documents: with their rows go the only keys that open their bytes, and those are removed within seconds.
 * A project's row is locked before its documents, as uploads do.
 */
@Injectable()
export class DocumentRemoval {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly documents: DocumentsRepository,
    private readonly files: FilesRepository,
    private readonly loose: LooseObjects,
    private readonly usage: StorageUsage,
    private readonly news: DocumentNews,
  ) {}

  /** @throws AppError NOT_FOUND, LEGAL_HOLD */
  async deleteDocument(caller: Caller, id: string, tx: Tx): Promise<void> {
    const { organizationId } = caller.principal;
    const found = await this.documents.find(organizationId, id, tx);
    if (!found) throw platformError('NOT_FOUND');
    const { projectId } = found;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (project?.legalHold) throw projectError('LEGAL_HOLD');
    const cause = { reason: 'request', caller } as const;
    const deleted = await this.delete({ organizationId, projectId }, [id], cause, tx);
    // Another request was faster.
    if (deleted === 0) throw platformError('NOT_FOUND');
  }

  /**
   * Deletes documents whose time is over. The project must be locked, and free of a legal hold.
   * @returns how many of them were there
   */
  deleteExpired(owner: ProjectOwner, ids: readonly string[], tx: Tx): Promise<number> {
    return this.delete(owner, ids, { reason: 'retention' }, tx);
  }

  /** Deletes a document for an erasure's sake, unless a legal hold forbids it. */
  async deleteErased(
    organizationId: string,
    id: string,
    by: Extract<DeletionCause, { reason: 'erasure' }>['by'],
    tx: Tx,
  ): Promise<'deleted' | 'held' | 'gone'> {
    const found = await this.documents.find(organizationId, id, tx);
    if (!found) return 'gone';
    const { projectId } = found;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (project?.legalHold) return 'held';
    const deleted = await this.delete({ organizationId, projectId }, [id], { reason: 'erasure', by }, tx);
    return deleted === 0 ? 'gone' : 'deleted';
  }

  /** Everything in a knowledge base that is deleted itself. @throws AppError LEGAL_HOLD, NOT_FOUND without the project */
  async deleteCollected(caller: Caller, owner: ProjectOwner, knowledgeBaseId: string, tx: Tx): Promise<void> {
    const { organizationId, projectId } = owner;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    if (!project) throw platformError('NOT_FOUND');
    if (project.legalHold) throw projectError('LEGAL_HOLD');
    const ids = await this.documents.listIdsOf(organizationId, knowledgeBaseId, tx);
    if (ids.length > 0) await this.delete(owner, ids, { reason: 'request', caller }, tx);
  }

  /** Everything of a project that is deleted itself: its counts no longer matter, and its own row tells of it. */
  async deleteAll({ organizationId, projectId }: ProjectOwner, tx: Tx): Promise<void> {
    const files = await this.files.deleteOfProject(organizationId, projectId, tx);
    await this.documents.deleteOfProject(organizationId, projectId, tx);
    await this.release(organizationId, files, tx);
  }

  private async delete(
    owner: ProjectOwner,
    ids: readonly string[],
    cause: DeletionCause,
    tx: Tx,
  ): Promise<number> {
    const { organizationId, projectId } = owner;
    const files = await this.files.deleteOfDocuments(organizationId, projectId, ids, tx);
    const documents = await this.documents.delete(organizationId, projectId, ids, tx);
    for (const document of documents) await this.news.deleted(cause, { ...owner, ...document }, tx);
    const own = documents.filter(({ knowledgeBaseId }) => knowledgeBaseId === null);
    const counts = { documents: -own.length, bytes: -bytesOf(files) };
    await this.projects.adjustCounts(organizationId, projectId, counts, tx);
    await this.release(organizationId, files, tx);
    return documents.length;
  }

  /** Last, since other writes of the organization wait for its row. */
  private async release(organizationId: string, files: readonly DeletedFile[], tx: Tx): Promise<void> {
    await this.loose.doom(
      files.map(({ objectKey }) => objectKey),
      tx,
    );
    if (files.length > 0) await this.usage.release(organizationId, bytesOf(files), tx);
  }
}

const bytesOf = (files: readonly DeletedFile[]): number => files.reduce((sum, { size }) => sum + size, 0);
