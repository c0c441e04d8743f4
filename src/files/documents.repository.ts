import { Injectable } from '@nestjs/common';
import { listRows, type RowQuery } from '../platform/database/list-rows.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { Listed, Listing, Position } from '../platform/http/listing.js';
import type { ProjectOwner } from '../projects/index.js';
import type {
  DocumentFilter,
  DocumentStatus,
  RedactionStatus,
  StoredDocument,
  StoredFile,
} from './document.js';

/** A document's row: its name lies sealed. */
export interface DocumentRow extends Omit<StoredDocument, 'name'> {
  readonly nameSealed: Buffer;
}

/** What is told of a document that is gone. */
export type DeletedDocument = Pick<StoredDocument, 'id' | 'fileId' | 'knowledgeBaseId'>;

/** A document whose files are looked into. */
export interface SearchableDocument extends Pick<StoredDocument, 'id' | 'format' | 'redactedFileId'> {
  /** Its project is under legal hold. */
  readonly isHeld: boolean;
}

/** A new document's row, with what its name is found by. */
export interface NewDocumentRow extends DocumentRow {
  readonly nameLookup: Buffer;
}

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId",
  knowledge_base_id AS "knowledgeBaseId", file_id AS "fileId",
  redacted_file_id AS "redactedFileId", name_sealed AS "nameSealed", format, size::float8 AS size, status,
  redaction_status AS "redactionStatus", created_by AS "createdBy", created_at AS "createdAt",
  updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  size: { column: 'size', type: 'bigint' },
};

const SET_REDACTION_STATUS = `
  UPDATE documents
     SET redaction_status = CASE WHEN $3 = 'none' AND redacted_file_id IS NOT NULL THEN 'completed' ELSE $3 END,
         status = CASE WHEN $3 = 'queued' THEN status
                       WHEN $3 = 'running' THEN 'processing'
                       WHEN redacted_file_id IS NOT NULL THEN 'processed'
                       WHEN $3 = 'failed' THEN 'failed'
                       ELSE 'uploaded' END,
         updated_at = now()
   WHERE organization_id = $1 AND id = ANY($2::text[])`;

/** A filter whose name has become what it is found by. */
export type RowFilter = Omit<DocumentFilter, 'name'> & { readonly nameLookup?: Buffer | undefined };

@Injectable()
export class DocumentsRepository {
  list(organizationId: string, filter: RowFilter, listing: Listing, db: Tx): Promise<Listed<DocumentRow>> {
    const where = [
      ['organization_id = ?', organizationId],
      ['(project_id = ? AND knowledge_base_id IS NULL)', filter.projectId],
      ['knowledge_base_id = ?', filter.knowledgeBaseId],
      ['status = ?', filter.status],
      ['redaction_status = ?', filter.redactionStatus],
      ['format = ?', filter.format],
      ['name_lookup = ?', filter.nameLookup],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    return listRows({ select: COLUMNS, from: 'documents', where, sort: SORT }, listing, db);
  }

  /** The next documents of a project after a position, newest first, without counting them all. */
  async listAfter(
    organizationId: string,
    projectId: string,
    after: Position | undefined,
    limit: number,
    db: Tx,
  ): Promise<{ rows: DocumentRow[]; last: Position | undefined }> {
    const found: (DocumentRow & { at: string })[] = await db.query(
      `SELECT ${COLUMNS}, created_at::text AS at FROM documents
        WHERE organization_id = $1 AND project_id = $2 AND knowledge_base_id IS NULL
          AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
        ORDER BY created_at DESC, id DESC LIMIT $5`,
      [organizationId, projectId, after?.value ?? null, after?.id ?? '', limit],
    );
    const last = found.at(-1);
    return {
      rows: found.map(({ at: _, ...row }) => row),
      last: last && found.length === limit ? { value: last.at, id: last.id } : undefined,
    };
  }

  /** Documents of a project itself in the order they were uploaded: all of them, or those of these ids. */
  listUploaded(
    { organizationId, projectId }: ProjectOwner,
    ids: readonly string[] | undefined,
    db: Tx,
  ): Promise<DocumentRow[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM documents
        WHERE organization_id = $1 AND project_id = $2 AND knowledge_base_id IS NULL
          AND ($3::text[] IS NULL OR id = ANY($3))
        ORDER BY created_at, id`,
      [organizationId, projectId, ids ?? null],
    );
  }

  /** How many documents an organization has, wherever they lie, and the last of their ids. */
  async extent(organizationId: string, db: Tx): Promise<{ total: number; until: string }> {
    const sql = `SELECT count(*)::int AS total, coalesce(max(id), '') AS until FROM documents WHERE organization_id = $1`;
    return (await db.query(sql, [organizationId]))[0];
  }

  /** The next of all documents of an organization behind an id, up to another one, in the order of their ids. */
  listBetween(
    organizationId: string,
    after: string,
    until: string,
    limit: number,
    db: Tx,
  ): Promise<SearchableDocument[]> {
    return db.query(
      `SELECT d.id, d.format, d.redacted_file_id AS "redactedFileId", p.legal_hold AS "isHeld"
         FROM documents d JOIN projects p ON p.id = d.project_id AND p.organization_id = d.organization_id
        WHERE d.organization_id = $1 AND d.id > $2 AND d.id <= $3 ORDER BY d.id LIMIT $4`,
      [organizationId, after, until, limit],
    );
  }

  /** The projects that documents are of, in the order of their ids. */
  async listProjects(organizationId: string, ids: readonly string[], db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      `SELECT DISTINCT project_id AS id FROM documents WHERE organization_id = $1 AND id = ANY($2::text[])
        ORDER BY project_id`,
      [organizationId, ids],
    );
    return rows.map(({ id }) => id);
  }

  async find(organizationId: string, id: string, db: Tx): Promise<DocumentRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM documents WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  findMany(organizationId: string, ids: readonly string[], db: Tx): Promise<DocumentRow[]> {
    const sql = `SELECT ${COLUMNS} FROM documents WHERE organization_id = $1 AND id = ANY($2::text[])`;
    return db.query(sql, [organizationId, ids]);
  }

  /** The document that has a name already where this one is to go. */
  async findByName(
    {
      organizationId,
      projectId,
      knowledgeBaseId,
      nameLookup,
    }: Pick<NewDocumentRow, 'organizationId' | 'projectId' | 'knowledgeBaseId' | 'nameLookup'>,
    db: Tx,
  ): Promise<{ id: string; fileId: string } | undefined> {
    const sql = `SELECT id, file_id AS "fileId" FROM documents
                  WHERE organization_id = $1 AND project_id = $2 AND name_lookup = $3
                    AND knowledge_base_id IS NOT DISTINCT FROM $4`;
    return (await db.query(sql, [organizationId, projectId, nameLookup, knowledgeBaseId]))[0];
  }

  /** False when project or knowledge base has a document of that name: it is the database that decides between two at once. */
  async insert(row: NewDocumentRow, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO documents
         (id, organization_id, project_id, file_id, name_sealed, name_lookup, format, size, status, redaction_status,
          created_by, created_at, updated_at, knowledge_base_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        ...[
          row.id,
          row.organizationId,
          row.projectId,
          row.fileId,
          row.nameSealed,
          row.nameLookup,
          row.format,
        ],
        ...[row.size, row.status, row.redactionStatus, row.createdBy, row.createdAt, row.updatedAt],
        row.knowledgeBaseId,
      ],
    );
    return rows.length === 1;
  }

  /** Makes a file the redacted one of its document; false when the document is not there any more. */
  async setRedactedFile(
    { id, organizationId, documentId }: Pick<StoredFile, 'id' | 'organizationId' | 'documentId'>,
    tx: Tx,
  ): Promise<boolean> {
    const [, count] = await tx.query(
      `UPDATE documents
          SET redacted_file_id = $3, status = 'processed', redaction_status = 'completed', updated_at = now()
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, documentId, id],
    );
    return count === 1;
  }

  /** What `none` and a failure come to depends on whether there is a redacted file from before. */
  async setRedactionStatus(
    organizationId: string,
    ids: readonly string[],
    status: RedactionStatus,
    tx: Tx,
  ): Promise<void> {
    await tx.query(SET_REDACTION_STATUS, [organizationId, ids, status]);
  }

  /** Shows how far the reading of a document is that lies in a knowledge base. */
  async setStatus(organizationId: string, id: string, status: DocumentStatus, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE documents SET status = $3, updated_at = now() WHERE organization_id = $1 AND id = $2',
      [organizationId, id, status],
    );
  }

  async listIdsOf(organizationId: string, knowledgeBaseId: string, db: Tx): Promise<string[]> {
    const rows: { id: string }[] = await db.query(
      'SELECT id FROM documents WHERE organization_id = $1 AND knowledge_base_id = $2 ORDER BY created_at, id',
      [organizationId, knowledgeBaseId],
    );
    return rows.map(({ id }) => id);
  }

  /** Deletes documents of one project, whose files must be gone; returns those that were there. */
  async delete(
    organizationId: string,
    projectId: string,
    ids: readonly string[],
    tx: Tx,
  ): Promise<DeletedDocument[]> {
    const [rows] = await tx.query(
      `DELETE FROM documents WHERE organization_id = $1 AND project_id = $2 AND id = ANY($3::text[])
       RETURNING id, file_id AS "fileId", knowledge_base_id AS "knowledgeBaseId"`,
      [organizationId, projectId, ids],
    );
    return rows;
  }

  async deleteOfProject(organizationId: string, projectId: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM documents WHERE organization_id = $1 AND project_id = $2', [
      organizationId,
      projectId,
    ]);
  }
}
