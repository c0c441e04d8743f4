import { Injectable } from '@nestjs/common';
import { type Condition, listRows, type RowQuery } from '../../platform/database/list-rows.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { ProjectOwner } from '../../projects/index.js';
import type { KnowledgeBase, KnowledgeBaseFilter, KnowledgeBaseRef } from './knowledge-base.js';

/** A knowledge base's row: name and description lie sealed. */
export interface KnowledgeBaseRow extends Omit<KnowledgeBase, 'name' | 'description'> {
  readonly textsSealed: Buffer;
}

/** What can change of a row, with what its name is found by. */
export interface ChangedKnowledgeBase extends KnowledgeBaseRow {
  readonly nameLookup: Buffer;
}

/** A filter whose name has become what it is found by. */
export type KnowledgeRowFilter = Omit<KnowledgeBaseFilter, 'name'> & {
  readonly nameLookup?: Buffer | undefined;
};

/** How much more, or with a minus less, a knowledge base has. */
export interface KnowledgeCounts {
  readonly documents?: number;
  readonly indexed?: number;
  readonly chunks?: number;
}

const COLUMNS = `
  id, organization_id AS "organizationId", project_id AS "projectId", texts_sealed AS "textsSealed",
  chunk_size AS "chunkSize", chunk_overlap AS "chunkOverlap", redact, processor_id AS "processorId",
  embedding_model AS "embeddingModel",
  document_count AS "documentCount", indexed_count AS "indexedCount",
  chunk_count AS "chunkCount", revision::float8 AS revision, version, created_by AS "createdBy",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

const SORT: RowQuery['sort'] = {
  created_at: { column: 'created_at', type: 'timestamptz' },
  updated_at: { column: 'updated_at', type: 'timestamptz' },
};

@Injectable()
export class KnowledgeBasesRepository {
  /** @returns false when the project has one of that name */
  async insert(row: ChangedKnowledgeBase, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO knowledge_bases
         (id, organization_id, project_id, texts_sealed, name_lookup, chunk_size, chunk_overlap, redact, processor_id,
          created_by, created_at, updated_at, embedding_model)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
       ON CONFLICT (project_id, name_lookup) DO NOTHING RETURNING id`,
      [
        ...[row.id, row.organizationId, row.projectId, row.textsSealed, row.nameLookup, row.chunkSize],
        ...[row.chunkOverlap, row.redact, row.processorId, row.createdBy, row.createdAt],
        row.embeddingModel,
      ],
    );
    return rows.length > 0;
  }

  async find(organizationId: string, id: string, db: Tx): Promise<KnowledgeBaseRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_bases WHERE organization_id = $1 AND id = $2`;
    return (await db.query(sql, [organizationId, id]))[0];
  }

  /** What the name is found by. @throws Error when there is no such knowledge base */
  async lookupOf(organizationId: string, id: string, db: Tx): Promise<Buffer> {
    const sql = 'SELECT name_lookup AS lookup FROM knowledge_bases WHERE organization_id = $1 AND id = $2';
    return (await db.query(sql, [organizationId, id]))[0].lookup;
  }

  /** Reads a knowledge base and keeps others from changing it until the transaction ends. */
  async lock(organizationId: string, id: string, tx: Tx): Promise<KnowledgeBaseRow | undefined> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_bases WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId, id]))[0];
  }

  /** @param within that a row may be seen */
  list(
    within: Condition,
    filter: KnowledgeRowFilter,
    listing: Listing,
    db: Tx,
  ): Promise<Listed<KnowledgeBaseRow>> {
    const where = [
      within,
      ['project_id = ?', filter.projectId],
      ['name_lookup = ?', filter.nameLookup],
      ['created_at >= ?', filter.from],
      ['created_at < ?', filter.to],
    ] as const;
    return listRows({ select: COLUMNS, from: 'knowledge_bases', where, sort: SORT }, listing, db);
  }

  /** Whether another knowledge base of the project has that name. */
  async isNamed(owner: ProjectOwner, nameLookup: Buffer, butId: string, db: Tx): Promise<boolean> {
    const rows = await db.query(
      `SELECT 1 FROM knowledge_bases
        WHERE organization_id = $1 AND project_id = $2 AND name_lookup = $3 AND id <> $4`,
      [owner.organizationId, owner.projectId, nameLookup, butId],
    );
    return rows.length > 0;
  }

  /** Writes everything that clients can change. */
  async update(row: ChangedKnowledgeBase, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE knowledge_bases
          SET texts_sealed = $3, name_lookup = $4, chunk_size = $5, chunk_overlap = $6, redact = $7, processor_id = $8,
              version = $9, updated_at = $10, embedding_model = $11
        WHERE organization_id = $1 AND id = $2`,
      [
        ...[row.organizationId, row.id, row.textsSealed, row.nameLookup, row.chunkSize, row.chunkOverlap],
        ...[row.redact, row.processorId, row.version, row.updatedAt, row.embeddingModel],
      ],
    );
  }

  /** @returns false when there is no such knowledge base */
  async adjustCounts(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    { documents = 0, indexed = 0, chunks = 0 }: KnowledgeCounts,
    tx: Tx,
  ): Promise<boolean> {
    const [, count] = await tx.query(
      `UPDATE knowledge_bases
          SET document_count = document_count + $3, indexed_count = indexed_count + $4, chunk_count = chunk_count + $5
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, knowledgeBaseId, documents, indexed, chunks],
    );
    return count === 1;
  }

  async delete(organizationId: string, id: string, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM knowledge_bases WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
    ]);
  }

  async deleteOfProject({ organizationId, projectId }: ProjectOwner, tx: Tx): Promise<void> {
    await tx.query('DELETE FROM knowledge_bases WHERE organization_id = $1 AND project_id = $2', [
      organizationId,
      projectId,
    ]);
  }
}
