import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { blankedText, erasedJson } from '../../platform/erasure/erased-text.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import { KnowledgeVectorsRepository } from '../embeddings/knowledge-vectors.repository.js';
import { DocumentTexts, StaleText } from './document-texts.service.js';
import { KnowledgeChangesRepository } from './knowledge-changes.repository.js';
import type { StoredOutline } from './knowledge-document.js';
import { type DocumentRef, KnowledgeDocumentsRepository } from './knowledge-documents.repository.js';
import { KnowledgeOutlines } from './knowledge-outlines.service.js';
import type { TextPieceRow } from './knowledge-texts.repository.js';

type Edition = DocumentRef & { readonly edition: number };

/** A document without the value, sealed and ready to be written. */
export interface KnowledgeLeft {
  readonly pieces: readonly TextPieceRow[];
  readonly outlineSealed: Buffer;
}

/** Takes a value out of the text of one document. */
@Injectable()
export class ErasedKnowledge {
  constructor(
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly texts: DocumentTexts,
    private readonly outlines: KnowledgeOutlines,
    private readonly vectors: KnowledgeVectorsRepository,
    private readonly changes: KnowledgeChangesRepository,
  ) {}

  /** Undefined when the value stands neither in its text nor in its titles. @throws StaleText, OpenError */
  async leftOf(document: Edition, value: SoughtValue, db: Tx): Promise<KnowledgeLeft | undefined> {
    const text = await this.texts.read(document, db);
    const outline = await this.outlines.read(document, db);
    const passages = await value.passages(text);
    const erasedOutline = (await erasedJson(outline, value)) as StoredOutline | undefined;
    if (passages.length === 0 && erasedOutline === undefined) return undefined;
    return {
      pieces: await this.texts.seal(document, blankedText(text, passages), db),
      outlineSealed: await this.outlines.seal(document, erasedOutline ?? outline, db),
    };
  }

  /** From here on no search finds it. @throws StaleText when the document has another text meanwhile */
  async write(document: Edition, { pieces, outlineSealed }: KnowledgeLeft, tx: Tx): Promise<void> {
    const { organizationId, documentId } = document;
    const row = await this.documents.lock(organizationId, documentId, tx);
    if (row?.edition !== document.edition) throw new StaleText();
    await this.texts.write(document, pieces, tx);
    await this.documents.setOutline(organizationId, documentId, outlineSealed, tx);
    await this.vectors.delete(organizationId, documentId, tx);
    if (row.embeddingStatus !== 'none')
      await this.documents.setEmbedding(organizationId, documentId, { status: 'none' }, tx);
    await this.changes.note(document, tx);
  }
}
