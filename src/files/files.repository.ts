import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { StoredFile } from './document.js';
import type { FileFormat } from './formats/file-format.js';

/** A file with what is shown of its document. */
export interface FileRow extends StoredFile {
  readonly format: FileFormat;
  readonly nameSealed: Buffer;
}

/** A new file's row, with its content's digest: sealed, and as it is found by. */
export interface NewFileRow extends StoredFile {
  readonly digestSealed: Buffer;
  readonly digestLookup: Buffer;
}

/** What is left to do for files whose rows are deleted. */
export interface DeletedFile {
  readonly objectKey: string;
  readonly size: number;
}

const DELETED = 'object_key AS "objectKey", size::float8 AS size';

@Injectable()
export class FilesRepository {
  async find(organizationId: string, id: string, db: Tx): Promise<FileRow | undefined> {
    const rows = await db.query(
      `SELECT f.id, f.organization_id AS "organizationId", f.project_id AS "projectId",
              f.document_id AS "documentId", f.kind, f.version, f.object_key AS "objectKey",
              f.size::float8 AS size, f.stored_size::float8 AS "storedSize", f.key_wrapped AS "keyWrapped",
              f.created_at AS "createdAt", d.format, d.name_sealed AS "nameSealed"
         FROM files f JOIN documents d ON d.id = f.document_id
        WHERE f.organization_id = $1 AND f.id = $2`,
      [organizationId, id],
    );
    return rows[0];
  }

  async insert(row: NewFileRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO files
         (id, organization_id, project_id, document_id, kind, version, object_key, size, stored_size, key_wrapped,
          digest_sealed, digest_lookup, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[row.id, row.organizationId, row.projectId, row.documentId, row.kind, row.version, row.objectKey],
        ...[row.size, row.storedSize, row.keyWrapped, row.digestSealed, row.digestLookup, row.createdAt],
      ],
    );
  }

  /** Deletes the files of some documents of one project, and with them the only keys that open their bytes. */
  async deleteOfDocuments(
    organizationId: string,
    projectId: string,
    documentIds: readonly string[],
    tx: Tx,
  ): Promise<DeletedFile[]> {
    const [rows] = await tx.query(
      `DELETE FROM files WHERE organization_id = $1 AND project_id = $2 AND document_id = ANY($3::text[])
       RETURNING ${DELETED}`,
      [organizationId, projectId, documentIds],
    );
    return rows;
  }

  async deleteOfProject(organizationId: string, projectId: string, tx: Tx): Promise<DeletedFile[]> {
    const [rows] = await tx.query(
      `DELETE FROM files WHERE organization_id = $1 AND project_id = $2 RETURNING ${DELETED}`,
      [organizationId, projectId],
    );
    return rows;
  }
}
