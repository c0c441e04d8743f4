import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { TextPlace } from '../documents/document-texts.service.js';
import { KnowledgeVectorsRepository, type VectorPieceRow } from './knowledge-vectors.repository.js';
import { packVectors, unpackVectors } from './packed-vectors.js';

const piecePlace = ({ organizationId, documentId, edition }: TextPlace, position: number) => ({
  organizationId,
  table: 'knowledge_vectors',
  id: `${documentId}/${position}`,
  version: edition,
});

/**
 * Vectors of chunks at rest. They lie sealed as texts do, since a vector tells much of the text it was made of: J. Morris et
 * al., "Text Embeddings Reveal (Almost) As Much As Text", EMNLP 2023.
 */
@Injectable()
export class DocumentVectors {
  constructor(
    private readonly repository: KnowledgeVectorsRepository,
    private readonly sealer: Sealer,
  ) {}

  /** Outside of the transaction that writes them. @param vectors of chunks that follow one another */
  async seal(
    place: TextPlace,
    position: number,
    vectors: readonly Float32Array[],
    db: Tx,
  ): Promise<VectorPieceRow> {
    const vectorsSealed = await this.sealer.seal(piecePlace(place, position), packVectors(vectors), db);
    return { position, edition: place.edition, vectorsSealed };
  }

  write({ organizationId, documentId }: TextPlace, pieces: readonly VectorPieceRow[], tx: Tx): Promise<void> {
    return this.repository.replace(organizationId, documentId, pieces, tx);
  }

  remove(organizationId: string, documentId: string, tx: Tx): Promise<void> {
    return this.repository.delete(organizationId, documentId, tx);
  }

  removeAll(organizationId: string, documentIds: readonly string[], tx: Tx): Promise<void> {
    return this.repository.deleteAll(organizationId, documentIds, tx);
  }

  /** One a chunk, in their order; none when this edition of the text has none. */
  async read(place: TextPlace, db: Tx): Promise<Float32Array[]> {
    const { organizationId, documentId, edition } = place;
    const rows = await this.repository.list(organizationId, documentId, edition, db);
    const pieces = await Promise.all(
      rows.map(async ({ position, vectorsSealed }) =>
        unpackVectors(await this.sealer.open(piecePlace(place, position), vectorsSealed, db)),
      ),
    );
    return pieces.flat();
  }
}
