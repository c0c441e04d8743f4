import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectKeys } from '../crypto/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import { newId } from '../platform/http/ids.js';
import type { Caller } from '../platform/http/request-context.js';
import { DocumentLookups } from './document-lookups.service.js';
import { DocumentNames } from './document-names.service.js';
import type { NewDocumentRow } from './documents.repository.js';
import type { TakenFile } from './file-intake.service.js';
import { cleanFileName, extensionOf } from './file-name.js';
import { keyPlaceOf } from './file-place.js';
import { invalidFormat } from './files.errors.js';
import type { NewFileRow } from './files.repository.js';

/** A document and its file, ready to be written: whatever is slow about them is done. */
export interface PreparedUpload {
  readonly name: string;
  readonly document: NewDocumentRow;
  readonly file: NewFileRow;
}

/** Makes the rows of an upload: sealing, look-up values and the wrapped key, all before its transaction. */
@Injectable()
export class UploadPreparation {
  constructor(
    private readonly keys: ProjectKeys,
    private readonly names: DocumentNames,
    private readonly lookups: DocumentLookups,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @param given the file's name as the client sent it
   * @throws AppError INVALID_FILE_FORMAT, NOT_FOUND when the project is not there
   */
  async prepare(
    { principal }: Caller,
    projectId: string,
    given: string,
    taken: TakenFile,
  ): Promise<PreparedUpload> {
    const name = cleanFileName(given);
    const format = taken.sniffer.end(extensionOf(name));
    if (!format) throw invalidFormat();
    const { organizationId, userId } = principal;
    const now = new Date();
    const id = newId('doc');
    const db = this.dataSource.manager;
    const common = { organizationId, projectId, createdAt: now };
    const document: NewDocumentRow = {
      ...common,
      id,
      fileId: taken.fileId,
      redactedFileId: null,
      nameSealed: await this.names.seal({ organizationId, id }, name, db),
      nameLookup: await this.lookups.ofName(organizationId, name),
      format,
      size: taken.size,
      status: 'uploaded',
      redactionStatus: 'none',
      createdBy: userId,
      updatedAt: now,
    };
    return { name, document, file: { ...(await this.fileOf(common, id, taken)) } };
  }

  private async fileOf(
    common: Pick<NewFileRow, 'organizationId' | 'projectId' | 'createdAt'>,
    documentId: string,
    { fileId: id, version, objectKey, fileKey, size, storedSize, digest }: TakenFile,
  ): Promise<NewFileRow> {
    const db = this.dataSource.manager;
    const { organizationId, projectId } = common;
    const place = keyPlaceOf({ id, organizationId, projectId, version });
    const sealPlace = { organizationId, table: 'files', id, version };
    return {
      ...common,
      id,
      documentId,
      kind: 'original',
      version,
      objectKey,
      size,
      storedSize,
      keyWrapped: await this.keys.wrapFileKey({ organizationId, projectId }, place, fileKey, db),
      digestSealed: await this.sealer.seal(sealPlace, digest, db),
      digestLookup: await this.lookups.ofContent(organizationId, digest),
    };
  }
}
