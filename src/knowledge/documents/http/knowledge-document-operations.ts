import { Injectable } from '@nestjs/common';
import { DocumentOperations } from '../../../files/index.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import type { Listed, Listing } from '../../../platform/http/listing.js';
import type { IncomingForm } from '../../../platform/http/multipart.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import type { JobDto } from '../../../platform/queue/http/job.dto.js';
import { presentNewJob } from '../../../platform/queue/http/new-job.presenter.js';
import { ReindexingService } from '../../indexing/reindexing.service.js';
import { KnowledgeDocumentsService } from '../knowledge-documents.service.js';
import type {
  KnowledgeDocumentDto,
  KnowledgeDocumentQuery,
  UploadedKnowledgeDocumentDto,
} from './knowledge-document.dto.js';
import { presentKnowledgeDocument } from './knowledge-document.presenter.js';

/** Documents of knowledge bases as clients see them. */
@Injectable()
export class KnowledgeDocumentOperations {
  constructor(
    private readonly documents: KnowledgeDocumentsService,
    private readonly uploads: DocumentOperations,
    private readonly reindexing: ReindexingService,
    private readonly writes: Writes,
  ) {}

  async upload(
    caller: Caller,
    knowledgeBaseId: string,
    form: IncomingForm,
  ): Promise<UploadedKnowledgeDocumentDto> {
    const into = new Map([['knowledge_base_id', knowledgeBaseId]]);
    const { document_id, duplicate } = await this.uploads.upload(caller, form, into);
    return { ...(await this.getDocument(caller, knowledgeBaseId, document_id)), duplicate };
  }

  async getDocument(
    caller: Caller,
    knowledgeBaseId: string,
    documentId: string,
  ): Promise<KnowledgeDocumentDto> {
    return presentKnowledgeDocument(await this.documents.getDocument(caller, knowledgeBaseId, documentId));
  }

  async listDocuments(
    caller: Caller,
    knowledgeBaseId: string,
    { status, format, filename: name, created_after, created_before }: KnowledgeDocumentQuery,
    listing: Listing,
  ): Promise<Listed<KnowledgeDocumentDto>> {
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const filter = { status, format, name, ...range };
    const { rows, ...rest } = await this.documents.listDocuments(caller, knowledgeBaseId, filter, listing);
    return { ...rest, rows: rows.map(presentKnowledgeDocument) };
  }

  async deleteDocument(caller: Caller, knowledgeBaseId: string, documentId: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.documents.deleteDocument(caller, knowledgeBaseId, documentId, tx);
      return undefined;
    });
  }

  /** @param documentId that one alone; all documents when absent */
  reindex(caller: Caller, knowledgeBaseId: string, documentId?: string): Promise<JobDto> {
    return this.writes.run(caller, async (tx) =>
      presentNewJob(await this.reindexing.reindex(caller, knowledgeBaseId, documentId, tx)),
    );
  }
}
