import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Grants } from '../../crypto/index.js';
import { RedactedFiles } from '../../files/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import { PermanentTaskError } from '../../platform/queue/task-handler.js';
import { DocumentProcessing, WholeReading } from '../../redaction/index.js';
import type { IndexedDocument } from '../documents/knowledge-document.js';
import type { ReadDocument } from './readable-text.js';

const hasCode = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code;

type Source = Pick<IndexedDocument, 'organizationId' | 'documentId' | 'grantId'>;

/** Reads the text of an uploaded file, in a process of its own that may be lost with it. */
@Injectable()
export class DocumentReader {
  constructor(
    private readonly files: RedactedFiles,
    private readonly processes: DocumentProcessing.DocumentProcesses,
    private readonly grants: Grants,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param progress told how far the reading is, in pages or parts
   * @returns nothing when the file opens with the project's password alone
   * @throws DocumentFailure; PermanentTaskError DOCUMENT_GONE; AppError FILE_UNREADABLE, STORAGE_UNAVAILABLE; the
   *   signal's reason
   */
  async read(
    source: Source,
    signal: AbortSignal,
    progress: (done: number, total: number) => void,
  ): Promise<ReadDocument | undefined> {
    const opened = await this.open(source);
    if (!opened) return undefined;
    const { document, bytes } = opened;
    const { pageCount, gaps, ...content } = await this.processes.extract(
      { format: document.format, read: () => WholeReading.readWhole(bytes, document.size, signal) },
      { signal, progress: ({ done, total }) => progress(done, total) },
    );
    return { content, pageCount, partialReason: gaps[0]?.reason ?? null, redacted: false };
  }

  private async open({ organizationId, documentId, grantId }: Source) {
    const { manager } = this.dataSource;
    try {
      const place = { organizationId, documentId };
      const key = grantId === null ? undefined : await this.keyOf(organizationId, documentId, grantId);
      return await this.files.openOriginal(place, key, manager);
    } catch (error) {
      if (hasCode(error, 'PASSWORD_REQUIRED')) return undefined;
      if (hasCode(error, 'NOT_FOUND')) throw new PermanentTaskError('DOCUMENT_GONE', { cause: error });
      throw error;
    }
  }

  /** A grant that is gone is missed only where the file does not open without. */
  private async keyOf(organizationId: string, documentId: string, grantId: string) {
    const { manager } = this.dataSource;
    const fileId = await this.files.fileIdOf({ organizationId, documentId }, manager);
    try {
      return await this.grants.open({ organizationId, fileId, grantId }, manager);
    } catch (error) {
      if (hasCode(error, 'GRANT_EXPIRED')) return undefined;
      throw error;
    }
  }
}
