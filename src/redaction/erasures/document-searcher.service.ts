import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Searchable } from '../../files/index.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type DeletingActor,
  DocumentSearch,
  type DocumentSearchRun,
} from '../../platform/erasure/document-search.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import { FileSearch } from './file-search.service.js';

/** Documents that are listed at a time. */
const AT_A_TIME = 100;

/** Looks for a value in all files there are, and deletes the documents it stands in where that was asked for. */
@Injectable()
export class DocumentSearcher extends DocumentSearch {
  constructor(
    private readonly documents: Searchable.SearchableDocuments,
    private readonly files: FileSearch,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  extent(organizationId: string, db: Tx) {
    return this.documents.extent(organizationId, db);
  }

  async search(value: SoughtValue, run: DocumentSearchRun): Promise<void> {
    const { organizationId, until } = run;
    const db = this.dataSource.manager;
    for (let { after } = run; ; ) {
      const documents = await this.documents.list(organizationId, after, until, AT_A_TIME, db);
      for (const document of documents) await this.lookInto(document, value, run);
      const last = documents.at(-1);
      if (!last || documents.length < AT_A_TIME) return;
      after = last.id;
    }
  }

  delete(organizationId: string, documentId: string, by: DeletingActor, tx: Tx) {
    return this.documents.delete(organizationId, documentId, by, tx);
  }

  private async lookInto(
    document: Searchable.SearchableDocument,
    value: SoughtValue,
    run: DocumentSearchRun,
  ): Promise<void> {
    const { organizationId, signal, action, isRehearsal, by } = run;
    signal.throwIfAborted();
    const { id: documentId, isHeld } = document;
    const { outcome, unread } = await this.files.lookInto(organizationId, document, value, signal);
    if (outcome !== 'found' || action === 'keep') return run.note({ documentId, outcome, unread });
    if (isHeld || isRehearsal)
      return run.note({ documentId, outcome: isHeld ? 'held' : 'found', unread: null });
    await run.announce(documentId);
    await this.unitOfWork.run(async (tx) => {
      const became = await this.documents.delete(organizationId, documentId, by, tx);
      await run.note({ documentId, outcome: became, unread: null }, tx);
    });
  }
}
