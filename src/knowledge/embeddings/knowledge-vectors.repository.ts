import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** Vectors of some chunks that follow one another, sealed. */
export interface VectorPieceRow {
  readonly position: number;
  readonly edition: number;
  readonly vectorsSealed: Buffer;
}

@Injectable()
export class KnowledgeVectorsRepository {
  /** Puts vectors in the place of what a document had. */
  async replace(
    organizationId: string,
    documentId: string,
    pieces: readonly VectorPieceRow[],
    tx: Tx,
  ): Promise<void> {
    await this.delete(organizationId, documentId, tx);
    await tx.query(
      `INSERT INTO knowledge_vectors (document_id, organization_id, position, edition, vectors_sealed)
       SELECT $1, $2, * FROM unnest($3::int[], $4::int[], $5::bytea[])`,
      [
        ...[documentId, organizationId, pieces.map(({ position }) => position)],
        ...[pieces.map(({ edition }) => edition), pieces.map(({ vectorsSealed }) => vectorsSealed)],
      ],
    );
  }

  delete(organizationId: string, documentId: string, tx: Tx): Promise<void> {
    return this.deleteAll(organizationId, [documentId], tx);
  }

  async deleteAll(organizationId: string, documentIds: readonly string[], tx: Tx): Promise<void> {
    await tx.query(
      'DELETE FROM knowledge_vectors WHERE organization_id = $1 AND document_id = ANY($2::text[])',
      [organizationId, documentIds],
    );
  }

  /** Those of one edition of a document's text, in order. */
  list(organizationId: string, documentId: string, edition: number, db: Tx): Promise<VectorPieceRow[]> {
    return db.query(
      `SELECT position, edition, vectors_sealed AS "vectorsSealed" FROM knowledge_vectors
        WHERE organization_id = $1 AND document_id = $2 AND edition = $3 ORDER BY position`,
      [organizationId, documentId, edition],
    );
  }
}
