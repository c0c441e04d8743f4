import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenError } from '../../crypto/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ErasableContents, type ErasureRun } from '../../platform/erasure/erasable-contents.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import { StaleText } from './document-texts.service.js';
import { ErasedKnowledge } from './erased-knowledge.service.js';
import { type DocumentRef, KnowledgeDocumentsRepository } from './knowledge-documents.repository.js';

/** Documents that are listed at a time. */
const AT_A_TIME = 100;
/** How often a document is read again that became another one meanwhile. */
const MOST_TRIES = 5;

type TextedDocument = DocumentRef & { readonly edition: number };

/**
 * Texts that were read from documents. Where the value stands there are blocks, so that chunks stay where they are; vectors,
 * which were made of what stood there, go. The file itself is its owner's, and is counted.
 */
@Injectable()
export class ErasableKnowledge extends ErasableContents {
  constructor(
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly erased: ErasedKnowledge,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  override async eraseValue(value: SoughtValue, run: ErasureRun): Promise<void> {
    const db = this.dataSource.manager;
    for (let after = ''; ; ) {
      const documents = await this.documents.listTexted(run.organizationId, after, AT_A_TIME, db);
      for (const document of documents) {
        run.signal.throwIfAborted();
        await this.erase(document, value, run);
      }
      const last = documents.at(-1);
      if (!last || documents.length < AT_A_TIME) return;
      after = last.documentId;
    }
  }

  private async erase(document: TextedDocument, value: SoughtValue, run: ErasureRun): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.eraseIn(document, value, run);
      } catch (error) {
        // What was changed or moved in the database, nobody reads a value in.
        if (error instanceof OpenError) return;
        if (!(error instanceof StaleText) || tries === MOST_TRIES) throw error;
      }
      const { organizationId, documentId } = document;
      const [now] = await this.documents.findMany(organizationId, [documentId], this.dataSource.manager);
      if (!now || now.edition === 0) return;
      document = { ...document, edition: now.edition };
    }
  }

  private async eraseIn(document: TextedDocument, value: SoughtValue, run: ErasureRun): Promise<void> {
    const left = await this.erased.leftOf(document, value, this.dataSource.manager);
    if (!left) return;
    if (run.isRehearsal) return run.note('documents_with_value', 1);
    await this.unitOfWork.run(async (tx) => {
      await this.erased.write(document, left, tx);
      await run.note('documents_with_value', 1, tx);
    });
  }
}
