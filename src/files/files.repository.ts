import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ProjectOwner } from '../projects/index.js';
import type { StoredFile } from './document.js';
import type { FileFormat } from './formats/file-format.js';

/** A file with what is shown of its document. */
export interface FileRow extends StoredFile {
  readonly format: FileFormat;
  /** Of its document. */
  readonly documentNameSealed: Buffer;
  /** Its own, where it is not its document's. */
  readonly nameSealed: Buffer | null;
}

/** A new file's row, with its content's digest: sealed, and as it is found by. */
export interface NewFileRow extends StoredFile {
  readonly digestSealed: Buffer;
  readonly digestLookup: Buffer;
  readonly nameSealed: Buffer | null;
}

/** A file's wrapped key, and where it belongs. */
export type WrappedFile = Pick<StoredFile, 'id' | 'organizationId' | 'projectId' | 'version' | 'keyWrapped'>;

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
              f.created_at AS "createdAt", f.name_sealed AS "nameSealed", d.format,
              d.name_sealed AS "documentNameSealed"
         FROM files f JOIN documents d ON d.id = f.document_id
        WHERE f.organization_id = $1 AND f.id = $2`,
      [organizationId, id],
    );
    return rows[0];
  }

  /** The wrapped keys of those of these files that a project has. */
  listWrapped(
    { organizationId, projectId }: ProjectOwner,
    ids: readonly string[],
    db: Tx,
  ): Promise<WrappedFile[]> {
    return db.query(
      `SELECT id, organization_id AS "organizationId", project_id AS "projectId", version,
              key_wrapped AS "keyWrapped"
         FROM files WHERE organization_id = $1 AND project_id = $2 AND id = ANY($3::text[])`,
      [organizationId, projectId, ids],
    );
  }

  async insert(row: NewFileRow, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO files
         (id, organization_id, project_id, document_id, kind, version, object_key, size, stored_size, key_wrapped,
          digest_sealed, digest_lookup, created_at, name_sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[row.id, row.organizationId, row.projectId, row.documentId, row.kind, row.version, row.objectKey],
        ...[row.size, row.storedSize, row.keyWrapped, row.digestSealed, row.digestLookup, row.createdAt],
        row.nameSealed,
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

  /** Deletes the redacted file of a document, if it has one. */
  async deleteRedacted(organizationId: string, documentId: string, tx: Tx): Promise<DeletedFile[]> {
    const [rows] = await tx.query(
      `DELETE FROM files WHERE organization_id = $1 AND document_id = $2 AND kind = 'redacted'
       RETURNING ${DELETED}`,
      [organizationId, documentId],
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
