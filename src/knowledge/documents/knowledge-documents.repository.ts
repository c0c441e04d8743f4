import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import type {
  EmbeddingStatus,
  IndexedDocument,
  IndexingStage,
  IndexingStatus,
} from './knowledge-document.js';

const COLUMNS = `
  document_id AS "documentId", organization_id AS "organizationId", knowledge_base_id AS "knowledgeBaseId",
  grant_id AS "grantId", job_id AS "jobId", status, error_code AS "errorCode", stage, stage_done AS "stageDone",
  stage_total AS "stageTotal", edition, redacted, page_count AS "pageCount", chunk_count AS "chunkCount",
  character_count AS "characterCount", partial_reason AS "partialReason", indexed_at AS "indexedAt",
  embedding_status AS "embeddingStatus", embedding_error AS "embeddingError"`;

/** Which document of which knowledge base. */
export interface DocumentRef extends KnowledgeBaseRef {
  readonly documentId: string;
}

/** What indexing made of a document. */
export interface IndexingResult {
  readonly status: 'indexed' | 'partial';
  readonly edition: number;
  readonly redacted: boolean;
  readonly pageCount: number | null;
  readonly chunkCount: number;
  readonly characterCount: number;
  readonly partialReason: string | null;
  readonly outlineSealed: Buffer;
}

@Injectable()
export class KnowledgeDocumentsRepository {
  async insert(
    { organizationId, knowledgeBaseId, documentId }: DocumentRef,
    contentLookup: Buffer,
    grantId: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO knowledge_documents
         (document_id, organization_id, knowledge_base_id, content_lookup, grant_id, status)
       VALUES ($1, $2, $3, $4, $5, 'uploaded')`,
      [documentId, organizationId, knowledgeBaseId, contentLookup, grantId],
    );
  }

  async find(organizationId: string, documentId: string, db: Tx): Promise<IndexedDocument | undefined> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_documents WHERE organization_id = $1 AND document_id = $2`;
    return (await db.query(sql, [organizationId, documentId]))[0];
  }

  /** Reads a document and keeps others from changing it until the transaction ends. */
  async lock(organizationId: string, documentId: string, tx: Tx): Promise<IndexedDocument | undefined> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_documents
                  WHERE organization_id = $1 AND document_id = $2 FOR NO KEY UPDATE`;
    return (await tx.query(sql, [organizationId, documentId]))[0];
  }

  /** Documents that have a text, of all knowledge bases whose project is under no legal hold; behind an id, in their order. */
  listTexted(
    organizationId: string,
    after: string,
    limit: number,
    db: Tx,
  ): Promise<(DocumentRef & { readonly edition: number })[]> {
    return db.query(
      `SELECT document_id AS "documentId", organization_id AS "organizationId",
              knowledge_base_id AS "knowledgeBaseId", edition
         FROM knowledge_documents d
        WHERE organization_id = $1 AND document_id > $2 AND edition > 0
          AND NOT EXISTS (SELECT FROM knowledge_bases b JOIN projects p ON p.id = b.project_id
                           WHERE b.id = d.knowledge_base_id AND p.legal_hold)
        ORDER BY document_id LIMIT $3`,
      [organizationId, after, limit],
    );
  }

  async setOutline(organizationId: string, documentId: string, outlineSealed: Buffer, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE knowledge_documents SET outline_sealed = $3 WHERE organization_id = $1 AND document_id = $2',
      [organizationId, documentId, outlineSealed],
    );
  }

  findMany(organizationId: string, documentIds: readonly string[], db: Tx): Promise<IndexedDocument[]> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_documents
                  WHERE organization_id = $1 AND document_id = ANY($2::text[])`;
    return db.query(sql, [organizationId, documentIds]);
  }

  /** The document of a knowledge base that has some content. */
  async findByContent(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    contentLookup: Buffer,
    db: Tx,
  ): Promise<string | undefined> {
    const sql = `SELECT document_id AS id FROM knowledge_documents
                  WHERE organization_id = $1 AND knowledge_base_id = $2 AND content_lookup = $3`;
    return (await db.query(sql, [organizationId, knowledgeBaseId, contentLookup]))[0]?.id;
  }

  /** Documents that nothing is being done with, so that they can be indexed anew; in the order of their ids. */
  async lockSettled(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    documentId: string | undefined,
    tx: Tx,
  ): Promise<IndexedDocument[]> {
    const sql = `SELECT ${COLUMNS} FROM knowledge_documents
                  WHERE organization_id = $1 AND knowledge_base_id = $2 AND status IN ('indexed', 'partial', 'failed')
                    AND ($3::text IS NULL OR document_id = $3)
                  ORDER BY document_id FOR NO KEY UPDATE`;
    return tx.query(sql, [organizationId, knowledgeBaseId, documentId ?? null]);
  }

  /** A job has them now. What can be found of them stays so until it is done. */
  async setJob(organizationId: string, documentIds: readonly string[], jobId: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents SET job_id = $3, status = 'uploaded', error_code = NULL, stage = NULL
        WHERE organization_id = $1 AND document_id = ANY($2::text[])`,
      [organizationId, documentIds, jobId],
    );
  }

  async setStatus(
    organizationId: string,
    documentId: string,
    { status, errorCode = null }: { readonly status: IndexingStatus; readonly errorCode?: string | null },
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents SET status = $3, error_code = $4, stage = NULL, stage_done = 0, stage_total = 0
        WHERE organization_id = $1 AND document_id = $2`,
      [organizationId, documentId, status, errorCode],
    );
  }

  async setStage(
    organizationId: string,
    documentId: string,
    { stage, done, total }: { readonly stage: IndexingStage; readonly done: number; readonly total: number },
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents SET status = 'processing', stage = $3, stage_done = $4, stage_total = $5
        WHERE organization_id = $1 AND document_id = $2`,
      [organizationId, documentId, stage, done, total],
    );
  }

  async complete({ organizationId, documentId }: DocumentRef, result: IndexingResult, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents
          SET status = $3, edition = $4, redacted = $5, page_count = $6, chunk_count = $7, character_count = $8,
              partial_reason = $9, outline_sealed = $10, error_code = NULL, stage = NULL, stage_done = 0,
              stage_total = 0, indexed_at = now()
        WHERE organization_id = $1 AND document_id = $2`,
      [
        ...[organizationId, documentId, result.status, result.edition, result.redacted, result.pageCount],
        ...[result.chunkCount, result.characterCount, result.partialReason, result.outlineSealed],
      ],
    );
  }

  /** @param embedding `model`: which the vectors are of; `error`: why there are none */
  async setEmbedding(
    organizationId: string,
    documentId: string,
    {
      status,
      error = null,
      model = null,
    }: { readonly status: EmbeddingStatus; readonly error?: string | null; readonly model?: string | null },
    tx: Tx,
  ): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents SET embedding_status = $3, embedding_error = $4, embedding_model = $5
        WHERE organization_id = $1 AND document_id = $2`,
      [organizationId, documentId, status, error, model],
    );
  }

  /** Notes why a document that waits for vectors gets none; one that is to have none any more waits for nothing. */
  async failEmbedding(organizationId: string, documentId: string, error: string, tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE knowledge_documents SET embedding_status = 'failed', embedding_error = $3, embedding_model = NULL
        WHERE organization_id = $1 AND document_id = $2 AND embedding_status = 'pending'`,
      [organizationId, documentId, error],
    );
  }

  /** Takes their vectors' standing from all documents of a knowledge base, and says which had any. */
  async clearEmbeddings({ organizationId, knowledgeBaseId }: KnowledgeBaseRef, tx: Tx): Promise<string[]> {
    const [rows] = await tx.query(
      `WITH had AS (
         SELECT document_id FROM knowledge_documents
          WHERE organization_id = $1 AND knowledge_base_id = $2 AND embedding_status <> 'none'
          ORDER BY document_id FOR NO KEY UPDATE)
       UPDATE knowledge_documents d SET embedding_status = 'none', embedding_error = NULL, embedding_model = NULL
         FROM had WHERE d.document_id = had.document_id
       RETURNING had.document_id AS id`,
      [organizationId, knowledgeBaseId],
    );
    return rows.map(({ id }: { id: string }) => id);
  }

  /** Forgets the grants of documents, and says which there were. */
  async takeGrants(organizationId: string, documentIds: readonly string[], tx: Tx): Promise<string[]> {
    const [rows] = await tx.query(
      `WITH had AS (
         SELECT document_id, grant_id FROM knowledge_documents
          WHERE organization_id = $1 AND document_id = ANY($2::text[]) AND grant_id IS NOT NULL FOR NO KEY UPDATE)
       UPDATE knowledge_documents d SET grant_id = NULL FROM had WHERE d.document_id = had.document_id
       RETURNING had.grant_id AS id`,
      [organizationId, documentIds],
    );
    return rows.map(({ id }: { id: string }) => id);
  }

  /** With it goes its text. @returns what it was, or nothing when it was not there */
  async delete(
    { organizationId, knowledgeBaseId, documentId }: DocumentRef,
    tx: Tx,
  ): Promise<IndexedDocument | undefined> {
    const [rows] = await tx.query(
      `DELETE FROM knowledge_documents
        WHERE organization_id = $1 AND knowledge_base_id = $2 AND document_id = $3 RETURNING ${COLUMNS}`,
      [organizationId, knowledgeBaseId, documentId],
    );
    return rows[0];
  }
}
