import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';

/** A piece of a document's stored text, sealed, and where it begins: in UTF-16 code units and in code points. */
export interface TextPieceRow {
  readonly documentId: string;
  /** Of the text it belongs to. */
  readonly edition: number;
  readonly position: number;
  readonly unitStart: number;
  readonly pointStart: number;
  readonly textSealed: Buffer;
}

const COLUMNS = `t.document_id AS "documentId", d.edition, t.position, t.unit_start AS "unitStart",
  t.point_start AS "pointStart", t.text_sealed AS "textSealed"`;

@Injectable()
export class KnowledgeTextsRepository {
  /** Puts a text in the place of what a document had. */
  async replace(
    organizationId: string,
    documentId: string,
    pieces: readonly TextPieceRow[],
    tx: Tx,
  ): Promise<void> {
    await tx.query('DELETE FROM knowledge_texts WHERE organization_id = $1 AND document_id = $2', [
      organizationId,
      documentId,
    ]);
    await tx.query(
      `INSERT INTO knowledge_texts (document_id, organization_id, position, unit_start, point_start, text_sealed)
       SELECT $1, $2, * FROM unnest($3::int[], $4::int[], $5::int[], $6::bytea[])`,
      [
        ...[documentId, organizationId, pieces.map(({ position }) => position)],
        ...[pieces.map(({ unitStart }) => unitStart), pieces.map(({ pointStart }) => pointStart)],
        pieces.map(({ textSealed }) => textSealed),
      ],
    );
  }

  /** All pieces of a document, in order. */
  listAll(organizationId: string, documentId: string, db: Tx): Promise<TextPieceRow[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM knowledge_texts t JOIN knowledge_documents d ON d.document_id = t.document_id
        WHERE t.organization_id = $1 AND t.document_id = $2 ORDER BY t.position`,
      [organizationId, documentId],
    );
  }

  /** Some pieces of several documents, in order within each: those that hold what begins and ends there. */
  listSpanning(
    organizationId: string,
    spans: readonly { readonly documentId: string; readonly start: number; readonly end: number }[],
    db: Tx,
  ): Promise<TextPieceRow[]> {
    return db.query(
      `SELECT DISTINCT ON (t.document_id, t.position) ${COLUMNS}
         FROM unnest($2::text[], $3::int[], $4::int[]) AS s (document_id, first, past)
         JOIN knowledge_texts t ON t.document_id = s.document_id AND t.organization_id = $1
         JOIN knowledge_documents d ON d.document_id = t.document_id
        WHERE t.unit_start < s.past
          AND t.position >= (SELECT max(b.position) FROM knowledge_texts b
                              WHERE b.document_id = s.document_id AND b.unit_start <= s.first)
        ORDER BY t.document_id, t.position`,
      [
        organizationId,
        spans.map(({ documentId }) => documentId),
        spans.map(({ start }) => start),
        spans.map(({ end }) => end),
      ],
    );
  }
}
