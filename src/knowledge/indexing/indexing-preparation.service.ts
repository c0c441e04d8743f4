import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Requester } from '../../platform/http/request-context.js';
import { PermanentTaskError } from '../../platform/queue/task-handler.js';
import type { KnowledgeBaseRow } from '../bases/knowledge-bases.repository.js';
import { chunksOf } from '../chunking/chunks-of.js';
import { DocumentTexts, type TextPlace } from '../documents/document-texts.service.js';
import type { IndexedDocument } from '../documents/knowledge-document.js';
import type { IndexingResult } from '../documents/knowledge-documents.repository.js';
import { KnowledgeOutlines } from '../documents/knowledge-outlines.service.js';
import type { TextPieceRow } from '../documents/knowledge-texts.repository.js';
import { countPoints } from '../documents/text-pieces.js';
import { DocumentReader } from './document-reader.service.js';
import { ErasedPassages } from './erased-passages.service.js';
import type { ReadDocument } from './readable-text.js';
import { TextRedaction } from './text-redaction.service.js';

/** A document that was read and cut, with everything sealed that is to be written. */
export interface PreparedIndexing {
  readonly place: TextPlace;
  readonly pieces: readonly TextPieceRow[];
  readonly result: IndexingResult;
}

/** How far the work is: told often, and seldom written down. */
export type Report = (stage: 'reading' | 'redacting' | 'indexing', done: number, total: number) => void;

/** Does what is slow about indexing a document, before its transaction. May be repeated at any time. */
@Injectable()
export class IndexingPreparation {
  constructor(
    private readonly reader: DocumentReader,
    private readonly redaction: TextRedaction,
    private readonly erased: ErasedPassages,
    private readonly texts: DocumentTexts,
    private readonly outlines: KnowledgeOutlines,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @throws DocumentFailure; PermanentTaskError DOCUMENT_GONE, GRANT_EXPIRED; AppError of reading and redacting; the
   *   signal's reason
   */
  async prepare(
    requester: Requester,
    base: KnowledgeBaseRow,
    document: IndexedDocument,
    signal: AbortSignal,
    report: Report,
  ): Promise<PreparedIndexing> {
    const read =
      (await this.reader.read(document, signal, (done, total) => report('reading', done, total))) ??
      (await this.stored(document, base.redact));
    const cleaned = await this.cleaned(requester, base, read, signal, report);
    const { pageCount, partialReason, redacted } = cleaned;
    const content = await this.erased.blank(document, cleaned.content);
    report('indexing', 0, 1);
    const chunks = chunksOf(content, { size: base.chunkSize, overlap: base.chunkOverlap });
    signal.throwIfAborted();
    const { organizationId, documentId } = document;
    const place = { organizationId, documentId, edition: document.edition + 1 };
    const db = this.dataSource.manager;
    const { text, ...built } = content;
    return {
      place,
      pieces: await this.texts.seal(place, text, db),
      result: {
        status: partialReason === null ? 'indexed' : 'partial',
        ...{ edition: place.edition, redacted, pageCount, partialReason },
        ...{ chunkCount: chunks.length, characterCount: countPoints(text) },
        outlineSealed: await this.outlines.seal(place, { ...built, chunks }, db),
      },
    };
  }

  /** Where the file does not open any more, its text is there still, unless it was redacted and should not be. */
  private async stored(document: IndexedDocument, mustRedact: boolean): Promise<ReadDocument> {
    const { edition, redacted, pageCount, partialReason } = document;
    if (edition === 0 || (redacted && !mustRedact)) throw new PermanentTaskError('GRANT_EXPIRED');
    const db = this.dataSource.manager;
    const { chunks: _, ...built } = await this.outlines.read(document, db);
    const content = { ...built, text: await this.texts.read(document, db) };
    return { content, pageCount, partialReason, redacted };
  }

  private async cleaned(
    requester: Requester,
    { redact, processorId }: KnowledgeBaseRow,
    read: ReadDocument,
    signal: AbortSignal,
    report: Report,
  ): Promise<ReadDocument> {
    if (!redact || read.redacted) return read;
    report('redacting', 0, 1);
    const content = await this.redaction.redact(requester, read.content, processorId, signal);
    return { ...read, content, redacted: true };
  }
}
