import { Injectable } from '@nestjs/common';
import { REDACTABLE_FORMATS } from '../../files/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Caller } from '../../platform/http/request-context.js';
import {
  DocumentPolicies,
  type DocumentPolicyRequest,
  type SettledDocumentPolicy,
} from '../document-policies.service.js';
import type { Inspection, PageImage } from '../documents/document-handler.js';
import type { DocumentOrder, PageRequest } from '../documents/process/document-job.js';
import { DocumentProcesses } from '../documents/process/document-processes.service.js';
import { countsOfRemoved } from '../entity-counts.js';
import { KnownSecretsService } from '../known-secrets.service.js';
import { documentError, redactionError } from '../redaction.errors.js';
import { type EncryptedSecrets, RedactionSecrets } from '../redactions/redaction-secrets.service.js';
import { policyDetails } from '../text.service.js';
import { documentRefusal } from './document-refusal.js';
import { countFindings } from './finding-counts.js';
import { type FoundDocument, Originals } from './originals.service.js';

/** What a preview follows, and what opens the document. */
export interface PreviewRequest extends DocumentPolicyRequest {
  readonly secrets: EncryptedSecrets | undefined;
}

/** A document and what a redaction would remove from it. */
export interface Preview extends Inspection {
  readonly document: FoundDocument;
}

/** Formats whose documents have pages that can be shown. */
const PAGED: ReadonlySet<string> = new Set(['pdf']);

/** Shows what a redaction would do. Nothing is stored but the row of the audit log. */
@Injectable()
export class PreviewsService {
  constructor(
    private readonly originals: Originals,
    private readonly policies: DocumentPolicies,
    private readonly secrets: RedactionSecrets,
    private readonly processes: DocumentProcesses,
    private readonly known: KnownSecretsService,
    private readonly audit: AuditWriter,
  ) {}

  /**
   * @throws AppError NOT_FOUND, what is wrong with the policy, ENCRYPTION_FAILED, PASSWORD_REQUIRED, INVALID_PASSWORD,
   *   FILE_UNREADABLE, STORAGE_UNAVAILABLE, a 422 with a document failure's code; the signal's reason
   */
  async inspect(caller: Caller, id: string, request: PreviewRequest): Promise<Preview> {
    const document = await this.originals.find(caller, id);
    assertRedactable(document);
    const settled = await this.policies.settle(caller, request);
    const inspection = await this.work(caller, document, request, settled, (order, signal) =>
      this.processes.inspect(order, { signal }),
    );
    const counts = countsOfRemoved(countFindings(inspection.findings));
    await this.note(caller, document, settled, { counts, details: { view: 'findings' } });
    return { ...inspection, document };
  }

  /** One page as a PNG. @throws AppError PAGES_UNSUPPORTED, PAGE_OUT_OF_RANGE, and those of {@link inspect} */
  async render(
    caller: Caller,
    id: string,
    { page, width, marked, ...request }: PreviewRequest & PageRequest,
  ): Promise<PageImage> {
    const document = await this.originals.find(caller, id);
    assertRedactable(document);
    if (!PAGED.has(document.format)) throw pagesUnsupported();
    const settled = await this.policies.settle(caller, request);
    const image = await this.work(caller, document, request, settled, (order, signal) =>
      this.processes.render(order, { page, width, marked }, { signal }).catch(throwPageError),
    );
    await this.note(caller, document, settled, { counts: {}, details: { view: 'page', page, marked } });
    return image;
  }

  private async work<T>(
    caller: Caller,
    document: FoundDocument,
    { secrets }: PreviewRequest,
    { options, document: policy, timeout }: SettledDocumentPolicy,
    handle: (order: DocumentOrder, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { password, documentPassword } = await this.secrets.read(secrets);
    const signal = caller.signal();
    const { name, format } = document;
    const order: DocumentOrder = {
      ...{ name, format, options },
      policy: documentPassword === undefined ? policy : { ...policy, documentPassword },
      ...(timeout !== undefined && { timeoutSeconds: timeout }),
      read: () => this.originals.read(caller, document, password, signal),
      secrets: async () => (await this.known.ofOrganization(caller.principal.organizationId))?.fingerprints,
    };
    try {
      return await handle(order, signal);
    } catch (error) {
      throw documentRefusal(error) ?? error;
    }
  }

  private async note(
    caller: Caller,
    { id, projectId }: FoundDocument,
    { policy }: SettledDocumentPolicy,
    {
      counts,
      details: seen,
    }: { counts: Record<string, number>; details: Record<string, string | number | boolean> },
  ): Promise<void> {
    const { details, ...entry } = auditOf(caller);
    await this.audit.appendAlone({
      ...entry,
      projectId,
      action: 'document.previewed',
      target: { type: 'document', id },
      counts,
      details: { ...details, ...seen, ...policyDetails(policy) },
    });
  }
}

/** Refused before anything is read, and before a key is burnt for it. */
function assertRedactable({ format }: FoundDocument): void {
  if (!REDACTABLE_FORMATS.includes(format))
    throw documentError('FORMAT_NOT_REDACTABLE', {
      details: { field: 'id', constraint: 'format', allowed: REDACTABLE_FORMATS },
    });
}

const pagesUnsupported = () =>
  redactionError('PAGES_UNSUPPORTED', {
    details: { field: 'id', constraint: 'format', allowed: [...PAGED] },
  });

function throwPageError(error: unknown): never {
  if (!(error instanceof RangeError)) throw error;
  throw redactionError('PAGE_OUT_OF_RANGE', {
    cause: error,
    details: { field: 'page', constraint: 'maximum' },
  });
}
