import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Collected, type DocumentTypes } from '../../files/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { Caller } from '../../platform/http/request-context.js';
import { KnowledgeBasesService } from '../bases/knowledge-bases.service.js';
import type { KnowledgeDocument } from './knowledge-document.js';
import { KnowledgeDocumentsRepository } from './knowledge-documents.repository.js';

/** Documents of knowledge bases: what was uploaded, beside what became of it. */
@Injectable()
export class KnowledgeDocumentsService {
  constructor(
    private readonly bases: KnowledgeBasesService,
    private readonly collected: Collected.CollectedDocuments,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError NOT_FOUND */
  async getDocument(caller: Caller, knowledgeBaseId: string, documentId: string): Promise<KnowledgeDocument> {
    await this.bases.getRow(caller, knowledgeBaseId);
    const { organizationId } = caller.principal;
    const indexing = await this.documents.find(organizationId, documentId, this.dataSource.manager);
    if (indexing?.knowledgeBaseId !== knowledgeBaseId) throw platformError('NOT_FOUND');
    return { document: await this.collected.get(caller, documentId), indexing };
  }

  /** @throws AppError NOT_FOUND when there is no such knowledge base */
  async listDocuments(
    caller: Caller,
    knowledgeBaseId: string,
    filter: Omit<DocumentTypes.DocumentFilter, 'projectId' | 'knowledgeBaseId'>,
    listing: Listing,
  ): Promise<Listed<KnowledgeDocument>> {
    await this.bases.getRow(caller, knowledgeBaseId);
    const listed = await this.collected.list(caller, { ...filter, knowledgeBaseId }, listing);
    const ids = listed.rows.map(({ id }) => id);
    const rows = await this.documents.findMany(caller.principal.organizationId, ids, this.dataSource.manager);
    const byId = new Map(rows.map((row) => [row.documentId, row]));
    return {
      ...listed,
      rows: listed.rows.flatMap((document) => {
        const indexing = byId.get(document.id);
        // Deleted between the two readings.
        return indexing ? [{ document, indexing }] : [];
      }),
    };
  }

  /** @throws AppError NOT_FOUND, LEGAL_HOLD */
  async deleteDocument(caller: Caller, knowledgeBaseId: string, documentId: string, tx: Tx): Promise<void> {
    const indexing = await this.documents.find(caller.principal.organizationId, documentId, tx);
    if (indexing?.knowledgeBaseId !== knowledgeBaseId) throw platformError('NOT_FOUND');
    await this.collected.remove(caller, documentId, tx);
  }
}
