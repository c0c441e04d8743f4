import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import type { DocumentRef } from './knowledge-documents.repository.js';

/** A document with what an index is made of. */
export interface IndexableRow {
  readonly documentId: string;
  readonly edition: number;
  readonly outlineSealed: Buffer;
  /** Which its vectors are of; null when it has none. */
  readonly embeddingModel: string | null;
}

/** What a search must know of a knowledge base. */
export interface KnowledgeHead {
  readonly id: string;
  readonly projectId: string;
  readonly revision: number;
  readonly embeddingModel: string | null;
}

/**
 * What can be found in a knowledge base changes revision by revision: each names one document, so that whoever holds an
 * index of some revision learns what to read again.
 */
@Injectable()
export class KnowledgeChangesRepository {
  /** Notes that a document became findable, other, or unfindable: a new revision. Locks the knowledge base until the end. */
  async note({ organizationId, knowledgeBaseId, documentId }: DocumentRef, tx: Tx): Promise<void> {
    await tx.query(
      `WITH next AS (
         UPDATE knowledge_bases SET revision = revision + 1 WHERE organization_id = $1 AND id = $2 RETURNING revision)
       INSERT INTO knowledge_changes (knowledge_base_id, document_id, organization_id, revision)
       SELECT $2, $3, $1, revision FROM next
       ON CONFLICT (knowledge_base_id, document_id) DO UPDATE SET revision = excluded.revision`,
      [organizationId, knowledgeBaseId, documentId],
    );
  }

  /** The same of several documents, each with a revision of its own. */
  async noteAll(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    documentIds: readonly string[],
    tx: Tx,
  ): Promise<void> {
    if (documentIds.length === 0) return;
    await tx.query(
      `WITH next AS (
         UPDATE knowledge_bases SET revision = revision + cardinality($3::text[])
          WHERE organization_id = $1 AND id = $2 RETURNING revision - cardinality($3::text[]) AS before)
       INSERT INTO knowledge_changes (knowledge_base_id, document_id, organization_id, revision)
       SELECT $2, document.id, $1, before + document.number
         FROM next, unnest($3::text[]) WITH ORDINALITY AS document (id, number)
       ON CONFLICT (knowledge_base_id, document_id) DO UPDATE SET revision = excluded.revision`,
      [organizationId, knowledgeBaseId, documentIds],
    );
  }

  /** Knowledge bases in the order of their ids; those that are gone are left out. */
  headsOf(organizationId: string, knowledgeBaseIds: readonly string[], db: Tx): Promise<KnowledgeHead[]> {
    return db.query(
      `SELECT id, project_id AS "projectId", revision::float8 AS revision, embedding_model AS "embeddingModel"
         FROM knowledge_bases WHERE organization_id = $1 AND id = ANY($2::text[]) ORDER BY id`,
      [organizationId, knowledgeBaseIds],
    );
  }

  /** Documents that changed after a revision, the earliest first, and at which. */
  listAfter(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    revision: number,
    limit: number,
    db: Tx,
  ): Promise<{ documentId: string; revision: number }[]> {
    return db.query(
      `SELECT document_id AS "documentId", revision::float8 AS revision FROM knowledge_changes
        WHERE organization_id = $1 AND knowledge_base_id = $2 AND revision > $3 ORDER BY revision LIMIT $4`,
      [organizationId, knowledgeBaseId, revision, limit],
    );
  }

  /** Those of some documents that have a text, whatever is being done with them just now. */
  listIndexable(
    { organizationId, knowledgeBaseId }: KnowledgeBaseRef,
    documentIds: readonly string[],
    db: Tx,
  ): Promise<IndexableRow[]> {
    return db.query(
      `SELECT document_id AS "documentId", edition, outline_sealed AS "outlineSealed",
              embedding_model AS "embeddingModel"
         FROM knowledge_documents
        WHERE organization_id = $1 AND knowledge_base_id = $2 AND document_id = ANY($3::text[]) AND edition > 0`,
      [organizationId, knowledgeBaseId, documentIds],
    );
  }
}
