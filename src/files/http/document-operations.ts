import { Injectable } from '@nestjs/common';
import { parseDateRange } from '../../platform/http/date-range.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import type { IncomingForm } from '../../platform/http/multipart.js';
import type { Caller } from '../../platform/http/request-context.js';
import { slotOf } from '../../platform/idempotency/idempotency-key.js';
import { Writes } from '../../platform/idempotency/writes.js';
import type { DocumentFilter } from '../document.js';
import { DocumentIntake, SameContent } from '../document-intake.service.js';
import { DocumentRemoval } from '../document-removal.service.js';
import { DocumentsService } from '../documents.service.js';
import { RetentionService } from '../retention.service.js';
import { UploadsService } from '../uploads.service.js';
import type {
  DocumentDto,
  DocumentQuery,
  ProjectDocumentQuery,
  RetentionDto,
  UploadedFileDto,
} from './document.dto.js';
import { presentDocument, presentRetention, presentThere, presentUpload } from './document.presenter.js';

/** Documents as every surface offers them; surfaces differ in paths and envelopes alone. */
@Injectable()
export class DocumentOperations {
  constructor(
    private readonly documents: DocumentsService,
    private readonly uploads: UploadsService,
    private readonly intake: DocumentIntake,
    private readonly removal: DocumentRemoval,
    private readonly retention: RetentionService,
    private readonly writes: Writes,
  ) {}

  /** @param into what the path says, which the form then need not */
  async upload(
    caller: Caller,
    form: IncomingForm,
    into: ReadonlyMap<string, string> = new Map(),
  ): Promise<UploadedFileDto> {
    // A key that cannot be one is refused before a file is taken for it.
    if (caller.idempotencyKey !== undefined) slotOf(caller);
    return this.uploads.receive(caller, form, into, async (upload, placed) => {
      let isNew = false;
      try {
        const answer = await this.writes.run(placed, async (tx) => {
          isNew = true;
          await this.intake.write(placed, upload, tx);
          return presentUpload(upload);
        });
        return { answer, isNew };
      } catch (error) {
        if (!(error instanceof SameContent)) throw error;
        const there = await this.documents.getDocument(placed, error.documentId);
        return { answer: presentThere(there), isNew: false };
      }
    });
  }

  async getDocument(caller: Caller, id: string): Promise<DocumentDto> {
    return presentDocument(await this.documents.getDocument(caller, id));
  }

  async listDocuments(caller: Caller, query: DocumentQuery, listing: Listing): Promise<Listed<DocumentDto>> {
    const { project_id: projectId, knowledge_base_id: knowledgeBaseId } = query;
    const filter = { ...filterOf(query), projectId, knowledgeBaseId };
    return presented(await this.documents.listDocuments(caller, filter, listing));
  }

  async listDocumentsOf(
    caller: Caller,
    projectId: string,
    query: ProjectDocumentQuery,
    listing: Listing,
  ): Promise<Listed<DocumentDto>> {
    return presented(await this.documents.listDocumentsOf(caller, projectId, filterOf(query), listing));
  }

  /** All documents of a project, newest first, some at a time. @throws AppError NOT_FOUND before any */
  async walkDocuments(caller: Caller, projectId: string): Promise<AsyncGenerator<DocumentDto[]>> {
    await this.documents.assertProject(caller, projectId);
    return presentedPages(this.documents.walkDocuments(caller, projectId));
  }

  async deleteDocument(caller: Caller, id: string): Promise<void> {
    await this.writes.run(caller, async (tx) => {
      await this.removal.deleteDocument(caller, id, tx);
      return undefined;
    });
  }

  async getRetention(caller: Caller, projectId: string): Promise<RetentionDto> {
    return presentRetention(await this.retention.getOutlook(caller, projectId));
  }
}

function filterOf(query: ProjectDocumentQuery): DocumentFilter {
  const { status, redaction_status: redactionStatus, format, filename: name } = query;
  const { created_after, created_before } = query;
  const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
  return { status, redactionStatus, format, name, ...range };
}

const presented = ({ rows, ...rest }: Awaited<ReturnType<DocumentsService['listDocuments']>>) => ({
  ...rest,
  rows: rows.map(presentDocument),
});

async function* presentedPages(
  pages: ReturnType<DocumentsService['walkDocuments']>,
): AsyncGenerator<DocumentDto[]> {
  for await (const page of pages) yield page.map(presentDocument);
}
