import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenError, ProjectKeys } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { ProjectOwner } from '../../projects/index.js';
import type { FileKind, StoredDocument } from '../document.js';
import { DocumentNames } from '../document-names.service.js';
import { type DocumentRow, DocumentsRepository } from '../documents.repository.js';
import { FileBytes } from '../file-bytes.service.js';
import { keyPlaceOf } from '../file-place.js';
import { type FileRow, FilesRepository } from '../files.repository.js';

/** A key that was granted. */
export interface GivenKey {
  readonly fileKey: Buffer;
}

/** A document with the bytes of one of its files. */
export interface OpenedDocument {
  readonly document: StoredDocument;
  /** Of that file, in bytes. */
  readonly size: number;
  readonly bytes: Readable;
}

/** A document as a redaction needs to know it. */
export type RedactableDocument = DocumentRow;

/** Opens files of documents for work that nobody waits for. */
@Injectable()
export class FileReading {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly files: FilesRepository,
    private readonly names: DocumentNames,
    private readonly keys: ProjectKeys,
    private readonly bytes: FileBytes,
    private readonly dataSource: DataSource,
  ) {}

  listRedactable(
    owner: ProjectOwner,
    documentIds: readonly string[] | undefined,
    db: Tx,
  ): Promise<RedactableDocument[]> {
    return this.documents.listUploaded(owner, documentIds, db);
  }

  nameOf({ nameSealed, ...place }: RedactableDocument, db: Tx): Promise<string> {
    return this.names.open(place, nameSealed, db);
  }

  async fileKeysOf(
    owner: ProjectOwner,
    password: string | undefined,
    fileIds: readonly string[],
  ): Promise<ReadonlyMap<string, Buffer>> {
    const db = this.dataSource.manager;
    const key = await this.keys.open(owner, password, db);
    const opened = new Map<string, Buffer>();
    for (const file of await this.files.listWrapped(owner, fileIds, db)) {
      try {
        opened.set(file.id, await key.unwrapFileKey(keyPlaceOf(file), file.keyWrapped));
      } catch (error) {
        if (!(error instanceof OpenError)) throw error;
        this.bytes.logFault(file, error);
      }
    }
    return opened;
  }

  /** The original's. @throws AppError NOT_FOUND */
  async fileIdOf(
    { organizationId, documentId }: { readonly organizationId: string; readonly documentId: string },
    db: Tx,
  ): Promise<string> {
    const row = await this.documents.find(organizationId, documentId, db);
    if (!row) throw platformError('NOT_FOUND');
    return row.fileId;
  }

  async open(
    { organizationId, documentId }: { readonly organizationId: string; readonly documentId: string },
    kind: FileKind,
    given: GivenKey | undefined,
    db: Tx,
  ): Promise<OpenedDocument> {
    const row = await this.documents.find(organizationId, documentId, db);
    const fileId = kind === 'original' ? row?.fileId : row?.redactedFileId;
    const file = fileId ? await this.files.find(organizationId, fileId, db) : undefined;
    if (!row || !file) throw platformError('NOT_FOUND');
    const { nameSealed, ...rest } = row;
    const document = { ...rest, name: await this.names.open(row, nameSealed, db) };
    return { document, size: file.size, bytes: await this.bytesOf(file, given, db) };
  }

  private async bytesOf(file: FileRow, given: GivenKey | undefined, db: Tx): Promise<Readable> {
    if (given) return this.bytes.open(file, async () => given.fileKey);
    const key = await this.keys.open(file, undefined, db);
    return this.bytes.open(file, () => key.unwrapFileKey(keyPlaceOf(file), file.keyWrapped));
  }
}
