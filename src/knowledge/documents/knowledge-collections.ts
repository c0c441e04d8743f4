import { Injectable } from '@nestjs/common';
import { Collections } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ProjectOwner } from '../../projects/index.js';
import { KnowledgeBasesRepository } from '../bases/knowledge-bases.repository.js';
import { KnowledgeBasesService } from '../bases/knowledge-bases.service.js';
import { assertIndexable } from '../indexing/indexable-formats.js';
import { IndexingIntake } from '../indexing/indexing-intake.service.js';
import { KnowledgeChangesRepository } from './knowledge-changes.repository.js';
import { KnowledgeDocumentsRepository } from './knowledge-documents.repository.js';

/** What becomes of documents that are put into knowledge bases, and of those that leave. */
@Injectable()
export class KnowledgeCollections extends Collections.DocumentCollections {
  constructor(
    private readonly reading: KnowledgeBasesService,
    private readonly bases: KnowledgeBasesRepository,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly changes: KnowledgeChangesRepository,
    private readonly intake: IndexingIntake,
  ) {
    super();
  }

  async projectOf(caller: Caller, knowledgeBaseId: string): Promise<string> {
    return (await this.reading.getRow(caller, knowledgeBaseId)).projectId;
  }

  checkFormat(format: string): void {
    assertIndexable(format);
  }

  findSame(
    organizationId: string,
    knowledgeBaseId: string,
    contentLookup: Buffer,
    db: Tx,
  ): Promise<string | undefined> {
    return this.documents.findByContent({ organizationId, knowledgeBaseId }, contentLookup, db);
  }

  async added(
    caller: Caller,
    { contentLookup, grantId, ...document }: Collections.CollectedDocument,
    tx: Tx,
  ): Promise<void> {
    if (!(await this.bases.adjustCounts(document, { documents: 1 }, tx))) throw platformError('NOT_FOUND');
    await this.documents.insert(document, contentLookup, grantId, tx);
    await this.intake.order(caller, document, [document.documentId], tx);
  }

  async removed(
    { organizationId }: ProjectOwner,
    { documentId, knowledgeBaseId }: { readonly documentId: string; readonly knowledgeBaseId: string },
    tx: Tx,
  ): Promise<void> {
    const document = { organizationId, knowledgeBaseId, documentId };
    await this.intake.withdraw(organizationId, [documentId], tx);
    const was = await this.documents.delete(document, tx);
    if (!was) return;
    const indexed = was.edition > 0 ? 1 : 0;
    const counts = { documents: -1, indexed: -indexed, chunks: -was.chunkCount };
    await this.bases.adjustCounts(document, counts, tx);
    await this.changes.note(document, tx);
  }
}
