import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
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
  /** The file's name as the client sent it. */
  readonly fileName: string;
  readonly redaction: RequestedRedaction | undefined;
}

/** The redaction of an upload, with the key it needs: granted in the upload's transaction, since it is at hand now. */
export interface UploadRedaction extends RequestedRedaction {
  readonly fileKey: Buffer;
}

/** A document and its file, ready to be written: whatever is slow about them is done. */
export interface PreparedUpload {
  readonly name: string;
  readonly document: NewDocumentRow;
  readonly file: NewFileRow;
  readonly redaction: UploadRedaction | undefined;
}

/** Makes the rows of an upload: sealing, look-up values and the wrapped key, all before its transaction. */
@Injectable()
export class UploadPreparation {
  constructor(
    private readonly names: DocumentNames,
    private readonly lookups: DocumentLookups,
    private readonly rows: FileRows,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError INVALID_FILE_FORMAT, FORMAT_NOT_REDACTABLE, NOT_FOUND when the project is not there */
  async prepare(
    { principal }: Caller,
    { projectId, fileName, redaction }: UploadTarget,
    taken: TakenFile,
  ): Promise<PreparedUpload> {
    const name = cleanFileName(fileName);
    const format = taken.sniffer.end(extensionOf(name));
    if (!format) throw invalidFormat();
    if (redaction && !REDACTABLE_FORMATS.includes(format)) throw notRedactable();
    const { organizationId, userId } = principal;
    const now = new Date();
    const place = { id: newId('doc'), organizationId, projectId };
    const document: NewDocumentRow = {
      ...place,
      ...(await this.named(place, name)),
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
      redaction: redaction && { ...redaction, fileKey: taken.fileKey },
    };
  }

  private async named(place: { readonly id: string; readonly organizationId: string }, name: string) {
    return {
      nameSealed: await this.names.seal(place, name, this.dataSource.manager),
      nameLookup: await this.lookups.ofName(place.organizationId, name),
    };
  }
}
