import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectKeys } from '../crypto/index.js';
import { AuditWriter } from '../platform/audit/audit.writer.js';
import { auditOf } from '../platform/audit/audit-entry.js';
import type { Caller } from '../platform/http/request-context.js';
import { DocumentsService, type NamedFile } from './documents.service.js';
import { FileBytes } from './file-bytes.service.js';
import { keyPlaceOf } from './file-place.js';

/** A file that is being opened: its bytes are verified before they leave. */
export interface OpenedFile {
  readonly file: NamedFile;
  readonly bytes: Readable;
}

/** Opens files for those who ask, and enters every opening in the audit log before a byte leaves. */
@Injectable()
export class DownloadsService {
  constructor(
    private readonly documents: DocumentsService,
    private readonly keys: ProjectKeys,
    private readonly stored: FileBytes,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param password reads the project's password; asked once the file is known to be there
   * @throws AppError NOT_FOUND, PASSWORD_REQUIRED, INVALID_PASSWORD, what `password` throws, FILE_UNREADABLE,
   *   STORAGE_UNAVAILABLE
   */
  async openFile(
    caller: Caller,
    id: string,
    password: () => Promise<string | undefined>,
  ): Promise<OpenedFile> {
    const file = await this.documents.getFile(caller, id);
    const db = this.dataSource.manager;
    const key = await this.keys.open(file, await password(), db);
    const bytes = await this.stored.open(file, () => key.unwrapFileKey(keyPlaceOf(file), file.keyWrapped));
    try {
      await this.note(caller, file);
      return { file, bytes: this.watched(caller, file, bytes) };
    } catch (error) {
      bytes.destroy();
      throw error;
    }
  }

  /** The bytes end when the request does, and damage that shows late is at least in the log. */
  private watched(caller: Caller, file: NamedFile, bytes: Readable): Readable {
    const signal = caller.signal();
    const stop = (): void => void bytes.destroy(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    bytes.once('close', () => signal.removeEventListener('abort', stop));
    bytes.on('error', (error) => {
      if (!signal.aborted) this.stored.logFault(file, error);
    });
    return bytes;
  }

  private async note(caller: Caller, { id, projectId, kind, size }: NamedFile): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    await this.audit.appendAlone({
      ...entry,
      projectId,
      action: 'file.downloaded',
      target: { type: 'file', id },
      counts: { bytes: size },
      details: { ...details, kind },
    });
  }
}
