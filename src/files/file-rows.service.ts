import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectKeys } from '../crypto/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { FileKind } from './document.js';
import { DocumentLookups } from './document-lookups.service.js';
import type { TakenFile } from './file-intake.service.js';
import { keyPlaceOf } from './file-place.js';
import type { NewFileRow } from './files.repository.js';

/** The document a file is of. */
interface Owner {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
}

/** Makes the rows of files that were taken in: the digest sealed, the key wrapped. Before their transaction. */
@Injectable()
export class FileRows {
  constructor(
    private readonly keys: ProjectKeys,
    private readonly lookups: DocumentLookups,
    private readonly sealer: Sealer,
    private readonly dataSource: DataSource,
  ) {}

  /** A file that is named as its document is. @throws AppError NOT_FOUND when the project is not there */
  async of(
    { id: documentId, organizationId, projectId }: Owner,
    kind: FileKind,
    { fileId: id, version, objectKey, fileKey, size, storedSize, digest }: TakenFile,
    createdAt: Date,
  ): Promise<NewFileRow> {
    const db = this.dataSource.manager;
    const place = keyPlaceOf({ id, organizationId, projectId, version });
    const sealPlace = { organizationId, table: 'files', id, version };
    return {
      ...{ id, organizationId, projectId, documentId, kind, version, objectKey, size, storedSize, createdAt },
      keyWrapped: await this.keys.wrapFileKey({ organizationId, projectId }, place, fileKey, db),
      digestSealed: await this.sealer.seal(sealPlace, digest, db),
      digestLookup: await this.lookups.ofContent(organizationId, digest),
      nameSealed: null,
    };
  }
}
