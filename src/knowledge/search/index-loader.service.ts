import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import type { KnowledgeBaseRef } from '../bases/knowledge-base.js';
import { DocumentTexts, StaleText } from '../documents/document-texts.service.js';
import { KnowledgeChangesRepository } from '../documents/knowledge-changes.repository.js';
import { KnowledgeOutlines } from '../documents/knowledge-outlines.service.js';
import { DocumentVectors } from '../embeddings/document-vectors.service.js';
import type { IndexedText, KnowledgeIndex } from './knowledge-index.js';

/** Changes that are read at once. */
const STRIDE = 50;

/** A document that is indexed anew again and again while it is read is left to the next search. */
const MOST_READINGS = 5;

interface LoadedText {
  readonly document: IndexedText;
  readonly text: string;
}

/** Brings indexes up to date with what the database says. */
@Injectable()
export class IndexLoader {
  constructor(
    private readonly changes: KnowledgeChangesRepository,
    private readonly texts: DocumentTexts,
    private readonly outlines: KnowledgeOutlines,
    private readonly vectors: DocumentVectors,
    private readonly dataSource: DataSource,
  ) {}

  /** Until nothing newer is known than the index has; one caller at a time. @throws StaleText */
  async catchUp(ref: KnowledgeBaseRef, index: KnowledgeIndex, revision: number): Promise<void> {
    const slice = new TimeSlice();
    while (index.revision < revision) {
      const changed = await this.changes.listAfter(ref, index.revision, STRIDE, this.dataSource.manager);
      for (const { documentId, revision: at } of changed) {
        const loaded = await this.load(ref, documentId);
        // No search may see the document half gone: there is nothing to wait for before it is there again.
        index.remove(documentId);
        if (loaded) for (const _ of index.add(loaded.document, loaded.text)) await slice.pause();
        index.revision = at;
      }
      // What changed again meanwhile has moved to a later revision.
      if (changed.length < STRIDE) index.revision = Math.max(index.revision, revision);
    }
  }

  /** Nothing when the document is gone or has no text yet. */
  private async load(ref: KnowledgeBaseRef, documentId: string): Promise<LoadedText | undefined> {
    const db = this.dataSource.manager;
    for (let reading = 1; ; reading++) {
      const [row] = await this.changes.listIndexable(ref, [documentId], db);
      if (!row) return undefined;
      const { edition } = row;
      const place = { organizationId: ref.organizationId, documentId, edition };
      try {
        const { chunks } = await this.outlines.open(place, row.outlineSealed, db);
        const text = await this.texts.read(place, db);
        const { embeddingModel: model } = row;
        const vectors = model === null ? undefined : { model, vectors: await this.vectors.read(place, db) };
        return { document: { documentId, edition, chunks, vectors }, text };
      } catch (error) {
        if (!(error instanceof StaleText) || reading === MOST_READINGS) throw error;
      }
    }
  }
}
