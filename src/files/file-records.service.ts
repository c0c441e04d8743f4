import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { LooseObjects } from '../platform/storage/loose-objects.service.js';
import { FilesRepository, type NewFileRow } from './files.repository.js';

/** Rows of files and the objects they refer to, which come and go together. */
@Injectable()
export class FileRecords {
  constructor(
    private readonly files: FilesRepository,
    private readonly loose: LooseObjects,
  ) {}

  /** @throws AppError STORAGE_UNAVAILABLE when the object was lost meanwhile */
  async add(file: NewFileRow, tx: Tx): Promise<void> {
    await this.files.insert(file, tx);
    await this.loose.claim(file.objectKey, tx);
  }

  /** Removes the redacted file of a document, if it has one; returns its bytes. */
  async removeRedacted(organizationId: string, documentId: string, tx: Tx): Promise<number> {
    const removed = await this.files.deleteRedacted(organizationId, documentId, tx);
    await this.loose.doom(
      removed.map(({ objectKey }) => objectKey),
      tx,
    );
    return removed.reduce((sum, { size }) => sum + size, 0);
  }
}
