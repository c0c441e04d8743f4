import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { DocumentCollectionsRegistry } from './document-collections.js';
import { DocumentLookups } from './document-lookups.service.js';
import { DocumentNames } from './document-names.service.js';
import type { NewDocumentRow } from './documents.repository.js';
import type { TakenFile } from './file-intake.service.js';
import { cleanFileName, extensionOf } from './file-name.js';
import { FileRows } from './file-rows.service.js';
import { invalidFormat, notRedactable } from './files.errors.js';
import type { NewFileRow } from './files.repository.js';
import { REDACTABLE_FORMATS } from './formats/file-format.js';
import type { RequestedRedaction } from './upload-fields.service.js';

/** What a form says of its file. */
export interface UploadTarget {
  readonly projectId: string;
  readonly knowledgeBaseId: string | null;
  /** The file's name as the client sent it. */
  readonly fileName: string;
  readonly redaction: RequestedRedaction | undefined;
}

/** A document and its file, ready to be written: whatever is slow about them is done. */
export interface PreparedUpload {
  readonly name: string;
  readonly document: NewDocumentRow;
  readonly file: NewFileRow;
  readonly redaction: RequestedRedaction | undefined;
  /** The file's key for the work that was asked for: granted in the upload's transaction, since it is at hand now. */
  readonly readableBy: Buffer | undefined;
}

/** Makes the rows of an upload: sealing, look-up values and the wrapped key, all before its transaction. */
@Injectable()
export class UploadPreparation {
  constructor(
    private readonly names: DocumentNames,
    private readonly lookups: DocumentLookups,
    private readonly rows: FileRows,
    private readonly collections: DocumentCollectionsRegistry,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError INVALID_FILE_FORMAT, FORMAT_NOT_REDACTABLE, NOT_FOUND when the project is not there */
  async prepare(
    { principal }: Caller,
    { projectId, knowledgeBaseId, fileName, redaction }: UploadTarget,
    taken: TakenFile,
  ): Promise<PreparedUpload> {
    const name = cleanFileName(fileName);
    const format = taken.sniffer.end(extensionOf(name));
    if (!format) throw invalidFormat();
    if (knowledgeBaseId !== null) this.collections.get().checkFormat(format);
    if (redaction && !REDACTABLE_FORMATS.includes(format)) throw notRedactable();
    const { organizationId, userId } = principal;
    const now = new Date();
    const place = { id: newId('doc'), organizationId, projectId };
    const document: NewDocumentRow = {
      ...place,
      ...(await this.named(place, name)),
      knowledgeBaseId,
      fileId: taken.fileId,
      redactedFileId: null,
      format,
      size: taken.size,
      status: 'uploaded',
      redactionStatus: redaction ? 'queued' : 'none',
      createdBy: userId,
      createdAt: now,
      updatedAt: now,
    };
    return {
      name,
      document,
      file: await this.rows.of(place, 'original', taken, now),
      redaction,
      readableBy: redaction || knowledgeBaseId !== null ? taken.fileKey : undefined,
    };
  }

  private async named(place: { readonly id: string; readonly organizationId: string }, name: string) {
    return {
      nameSealed: await this.names.seal(place, name, this.dataSource.manager),
      nameLookup: await this.lookups.ofName(place.organizationId, name),
    };
  }
}
