import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { KnowledgeTextsRepository, type TextPieceRow } from './knowledge-texts.repository.js';
import { type Passage, passageOf, piecesOf, type TextPiece } from './text-pieces.js';

/** A text of a document; every reading of the document makes another edition. */
export interface TextPlace {
  readonly organizationId: string;
  readonly documentId: string;
  readonly edition: number;
}

/** What is wanted of a text; offsets in UTF-16 code units, end exclusive. */
export interface WantedPassage extends Omit<TextPlace, 'organizationId'> {
  readonly start: number;
  readonly end: number;
}

/** A document was read anew, or removed, since somebody learnt of its chunks: whoever reads must look again. */
export class StaleText extends Error {
  constructor() {
    super('the text of a document is another one now');
    this.name = new.target.name;
  }
}

const piecePlace = ({ organizationId, documentId, edition }: TextPlace, position: number) => ({
  organizationId,
  table: 'knowledge_texts',
  id: `${documentId}/${position}`,
  version: edition,
});

/** Texts of documents at rest, in pieces that open nowhere but in their own place and edition. */
@Injectable()
export class DocumentTexts {
  constructor(
    private readonly repository: KnowledgeTextsRepository,
    private readonly sealer: Sealer,
  ) {}

  /** Outside of the transaction that writes them. */
  async seal(place: TextPlace, text: string, db: Tx): Promise<TextPieceRow[]> {
    const rows: TextPieceRow[] = [];
    const { documentId, edition } = place;
    for (const { unitStart, pointStart, text: piece } of piecesOf(text)) {
      const position = rows.length;
      const textSealed = await this.sealer.seal(piecePlace(place, position), Buffer.from(piece), db);
      rows.push({ documentId, edition, position, unitStart, pointStart, textSealed });
    }
    return rows;
  }

  write({ organizationId, documentId }: TextPlace, pieces: readonly TextPieceRow[], tx: Tx): Promise<void> {
    return this.repository.replace(organizationId, documentId, pieces, tx);
  }

  /** The whole text. @throws StaleText */
  async read(place: TextPlace, db: Tx): Promise<string> {
    const rows = await this.repository.listAll(place.organizationId, place.documentId, db);
    const pieces = await Promise.all(
      rows.map((row) => this.open(place.organizationId, row, place.edition, db)),
    );
    return pieces.map(({ text }) => text).join('');
  }

  /** Passages as they stand in the stored texts, in the order they were asked for. @throws StaleText */
  async readPassages(organizationId: string, wanted: readonly WantedPassage[], db: Tx): Promise<Passage[]> {
    if (wanted.length === 0) return [];
    const byDocument = new Map<string, TextPiece[]>();
    const editions = new Map(wanted.map(({ documentId, edition }) => [documentId, edition]));
    for (const row of await this.repository.listSpanning(organizationId, wanted, db)) {
      const piece = await this.open(organizationId, row, editions.get(row.documentId), db);
      byDocument.set(row.documentId, [...(byDocument.get(row.documentId) ?? []), piece]);
    }
    return wanted.map(({ documentId, start, end }) => {
      const pieces = byDocument.get(documentId);
      if (!pieces) throw new StaleText();
      return passageOf(pieces, start, end);
    });
  }

  private async open(
    organizationId: string,
    { documentId, edition, position, textSealed, ...place }: TextPieceRow,
    wanted: number | undefined,
    db: Tx,
  ): Promise<TextPiece> {
    if (edition !== wanted) throw new StaleText();
    const sealedAt = piecePlace({ organizationId, documentId, edition }, position);
    return { ...place, text: (await this.sealer.open(sealedAt, textSealed, db)).toString('utf8') };
  }
}
