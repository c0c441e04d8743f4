import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type GrantedSecret, Grants } from '../../crypto/index.js';
import {
  REDACTABLE_FORMATS,
  type RedactableDocument,
  RedactedFiles,
  type StoredDocument,
} from '../../files/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import { PermanentTaskError } from '../../platform/queue/task-handler.js';
import type { SettledDocumentPolicy } from '../document-policies.service.js';
import { DocumentFailure } from '../documents/document-failure.js';
import type { RedactedFile } from '../documents/process/document-job.js';
import { DocumentProcesses } from '../documents/process/document-processes.service.js';
import { KnownSecretsService } from '../known-secrets.service.js';
import { readWhole } from '../read-whole.js';
import type { RedactedResult } from './redaction-completion.service.js';

/** Which document, and the grant of its file's key, where it was given one. */
export interface DocumentToRedact {
  readonly organizationId: string;
  readonly projectId: string;
  readonly documentId: string;
  readonly grantId: string | null;
}

const hasCode = (error: unknown, code: string): boolean => error instanceof AppError && error.code === code;

/** Reads a document, redacts it and stores the copy, which nothing refers to yet. May be repeated at any time. */
@Injectable()
export class DocumentRedactor {
  constructor(
    private readonly files: RedactedFiles,
    private readonly processes: DocumentProcesses,
    private readonly grants: Grants,
    private readonly secrets: KnownSecretsService,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * @throws DocumentFailure; PermanentTaskError DOCUMENT_GONE, GRANT_EXPIRED; AppError FILE_UNREADABLE, STORAGE_FULL,
   *   STORAGE_UNAVAILABLE; the signal's reason
   */
  async redact(
    place: DocumentToRedact,
    { options, document: policy, timeout }: SettledDocumentPolicy,
    signal: AbortSignal,
  ): Promise<RedactedResult> {
    const listed = await this.find(place);
    if (!REDACTABLE_FORMATS.includes(listed.format)) throw new DocumentFailure('FORMAT_NOT_REDACTABLE');
    const secret = await this.secretOf(place, listed);
    const { nameSealed, ...row } = listed;
    const document = { ...row, name: await this.files.nameOf(listed, this.dataSource.manager) };
    const password = secret?.documentPassword;
    const redacted = await this.processes.redact(
      {
        ...{ name: document.name, format: document.format, options },
        policy: password === undefined ? policy : { ...policy, documentPassword: password },
        ...(timeout !== undefined && { timeoutSeconds: timeout }),
        read: () => this.read(place, secret, signal),
        secrets: async () => (await this.secrets.ofOrganization(place.organizationId))?.fingerprints,
      },
      { signal },
    );
    return { file: await this.keep(document, redacted, signal), report: redacted.report };
  }

  private async keep(document: StoredDocument, { bytes, name }: RedactedFile, signal: AbortSignal) {
    try {
      return await this.files.prepare(document, bytes, name, signal);
    } catch (error) {
      throw hasCode(error, 'NOT_FOUND') ? new PermanentTaskError('DOCUMENT_GONE', { cause: error }) : error;
    }
  }

  private async find({ organizationId, projectId, documentId }: DocumentToRedact) {
    const { manager } = this.dataSource;
    const [listed] = await this.files.listRedactable(organizationId, projectId, [documentId], manager);
    if (!listed) throw new PermanentTaskError('DOCUMENT_GONE');
    return listed;
  }

  /** A grant that is gone is missed only where the file does not open without. */
  private async secretOf(
    { organizationId, grantId }: DocumentToRedact,
    { fileId }: RedactableDocument,
  ): Promise<GrantedSecret | undefined> {
    if (grantId === null) return undefined;
    try {
      return await this.grants.open({ organizationId, fileId, grantId }, this.dataSource.manager);
    } catch (error) {
      if (hasCode(error, 'GRANT_EXPIRED')) return undefined;
      throw error;
    }
  }

  private async read(
    { organizationId, documentId }: DocumentToRedact,
    secret: GrantedSecret | undefined,
    signal: AbortSignal,
  ): Promise<Buffer> {
    const place = { organizationId, documentId };
    try {
      const { document, bytes } = await this.files.openOriginal(place, secret, this.dataSource.manager);
      return await readWhole(bytes, document.size, signal);
    } catch (error) {
      if (hasCode(error, 'PASSWORD_REQUIRED'))
        throw new PermanentTaskError('GRANT_EXPIRED', { cause: error });
      if (hasCode(error, 'NOT_FOUND')) throw new PermanentTaskError('DOCUMENT_GONE', { cause: error });
      throw error;
    }
  }
}
