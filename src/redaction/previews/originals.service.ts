import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type DocumentDto, DocumentOperations, FILES_ERRORS, RedactedFiles } from '../../files/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { readWhole } from '../read-whole.js';

/** What is known of a document before it is opened. */
export interface FoundDocument {
  readonly id: string;
  readonly projectId: string;
  readonly fileId: string;
  readonly format: DocumentDto['format'];
  readonly name: string;
}

/** Finds documents, and reads what was uploaded into memory. */
@Injectable()
export class Originals {
  constructor(
    private readonly documents: DocumentOperations,
    private readonly files: RedactedFiles,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async find(caller: Caller, id: string): Promise<FoundDocument> {
    const { project_id, file_id, filename, format } = await this.documents.getDocument(caller, id);
    return { id, projectId: project_id, fileId: file_id, name: filename, format };
  }

  /**
   * All bytes of the file, at most as many as may be uploaded.
   * @param password of the project, where one was sent
   * @throws AppError PASSWORD_REQUIRED, INVALID_PASSWORD, NOT_FOUND, FILE_UNREADABLE, STORAGE_UNAVAILABLE; the signal's
   *   reason
   */
  async read(
    { principal }: Caller,
    document: FoundDocument,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const { organizationId } = principal;
    const key = await this.keyOf(organizationId, document, password);
    const place = { organizationId, documentId: document.id };
    const opened = await this.files.openOriginal(place, key, this.dataSource.manager);
    return readWhole(opened.bytes, opened.document.size, signal);
  }

  /** None is needed where there is no password. */
  private async keyOf(organizationId: string, { projectId, fileId }: FoundDocument, password?: string) {
    if (password === undefined) return undefined;
    const owner = { organizationId, projectId };
    const fileKey = (await this.files.fileKeysOf(owner, password, [fileId])).get(fileId);
    if (!fileKey) throw new AppError('FILE_UNREADABLE', FILES_ERRORS.FILE_UNREADABLE);
    return { fileKey };
  }
}
