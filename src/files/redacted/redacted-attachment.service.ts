import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { LooseObjects } from '../../platform/storage/loose-objects.service.js';
import { ProjectsRepository } from '../../projects/index.js';
import type { RedactionStatus } from '../document.js';
import { DocumentsRepository } from '../documents.repository.js';
import { FileRecords } from '../file-records.service.js';
import { StorageUsage } from '../storage/storage-usage.service.js';
import type { PreparedRedactedFile } from './redacted-preparation.service.js';

/** What became of a copy. */
export type Attached = 'attached' | 'gone';

/**
 * Writes what becomes of documents that are redacted. A project's row is locked before its documents, as uploads and
 * deletions do.
 */
@Injectable()
export class RedactedAttachment {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly documents: DocumentsRepository,
    private readonly records: FileRecords,
    private readonly loose: LooseObjects,
    private readonly usage: StorageUsage,
  ) {}

  async attach({ file }: PreparedRedactedFile, tx: Tx): Promise<Attached> {
    const { organizationId, projectId, documentId } = file;
    const project = await this.projects.lockForUpload(organizationId, projectId, tx);
    const isThere = project && (await this.documents.setRedactedFile(file, tx));
    if (!isThere) {
      await this.loose.doom([file.objectKey], tx);
      return 'gone';
    }
    const removed = await this.records.removeRedacted(organizationId, documentId, tx);
    await this.records.add(file, tx);
    const bytes = file.size - removed;
    await this.projects.adjustCounts(organizationId, projectId, { bytes }, tx);
    // Last, since other writes of the organization wait for its row.
    if (bytes > 0) await this.usage.charge(organizationId, bytes, tx);
    else await this.usage.release(organizationId, -bytes, tx);
    return 'attached';
  }

  async setRedactionStatus(
    organizationId: string,
    documentIds: readonly string[],
    status: Exclude<RedactionStatus, 'completed'>,
    tx: Tx,
  ): Promise<void> {
    if (documentIds.length === 0) return;
    for (const projectId of await this.documents.listProjects(organizationId, documentIds, tx)) {
      await this.projects.lockForUpload(organizationId, projectId, tx);
    }
    await this.documents.setRedactionStatus(organizationId, documentIds, status, tx);
  }
}
