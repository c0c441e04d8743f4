import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FILES_ERRORS, FileOperations, type RedactableDocument, RedactedFiles } from '../../files/index.js';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository } from '../../projects/index.js';
import { noSuchDocument } from '../redactions/redaction-refusals.js';
import { type EncryptedSecrets, RedactionSecrets } from '../redactions/redaction-secrets.service.js';
import { ArchiveNames } from './archive-names.js';
import { nothingToDownload, notRedacted } from './archive-refusals.js';
import { type ArchiveEntry, zipStream } from './zip-stream.js';

/** Which redacted files, and what opens them. */
export interface ArchiveRequest {
  readonly projectId: string;
  /** All that have one when absent. */
  readonly documentIds: readonly string[] | undefined;
  readonly secrets: EncryptedSecrets | undefined;
}

/** A document with a redacted file. */
type Redacted = RedactableDocument & { readonly redactedFileId: string };

/** Formats that are compressed by themselves. */
const COMPRESSED: ReadonlySet<string> = new Set(['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg', 'tiff']);

const isRedacted = (document: RedactableDocument): document is Redacted => document.redactedFileId !== null;

/** Sends the redacted files of a project as one archive, which is made as it is sent. */
@Injectable()
export class RedactedDownloads {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly files: RedactedFiles,
    private readonly operations: FileOperations,
    private readonly secrets: RedactionSecrets,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The first file is open already: what is wrong from the start is told before a byte leaves. What goes wrong later
   * ends the stream with an error. A document that is deleted meanwhile is left out.
   * @throws AppError NOT_FOUND, NOTHING_TO_DOWNLOAD, ENCRYPTION_FAILED, PASSWORD_REQUIRED, INVALID_PASSWORD,
   *   FILE_UNREADABLE, STORAGE_UNAVAILABLE
   */
  async open(caller: Caller, { projectId, documentIds, secrets }: ArchiveRequest): Promise<Readable> {
    const { organizationId } = caller.principal;
    const db = this.dataSource.manager;
    if (!(await this.projects.exists(organizationId, projectId, db))) throw platformError('NOT_FOUND');
    const listed = await this.files.listRedactable(organizationId, projectId, documentIds, db);
    const documents = choose(listed, documentIds);
    const { password } = await this.secrets.read(secrets);
    const fileIds = documents.map(({ redactedFileId }) => redactedFileId);
    const keys = await this.files.fileKeysOf({ organizationId, projectId }, password, fileIds);
    const entries = this.entries(caller, documents, keys);
    const first = await entries.next();
    if (first.done) throw nothingToDownload();
    try {
      await this.note(caller, projectId, documents.length);
    } catch (error) {
      first.value.bytes.destroy();
      throw error;
    }
    return endedBy(caller.signal(), zipStream(after(first.value, entries)));
  }

  private async *entries(
    caller: Caller,
    documents: readonly Redacted[],
    keys: ReadonlyMap<string, Buffer>,
  ): AsyncGenerator<ArchiveEntry> {
    const names = new ArchiveNames();
    for (const document of documents) {
      const entry = await this.openEntry(caller, document, keys.get(document.redactedFileId));
      if (entry) yield { ...entry, name: names.next(entry.name) };
    }
  }

  private async openEntry(
    caller: Caller,
    { id: documentId, redactedFileId, format, organizationId }: Redacted,
    fileKey: Buffer | undefined,
  ): Promise<ArchiveEntry | undefined> {
    try {
      const { filename: name, created_at } = await this.operations.getFile(caller, redactedFileId);
      if (!fileKey) throw new AppError('FILE_UNREADABLE', FILES_ERRORS.FILE_UNREADABLE);
      const place = { organizationId, documentId };
      const { bytes } = await this.files.openRedacted(place, { fileKey }, this.dataSource.manager);
      return { name, bytes, modifiedAt: new Date(created_at), compress: !COMPRESSED.has(format) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  private async note(caller: Caller, projectId: string, files: number): Promise<void> {
    await this.audit.appendAlone({
      ...auditOf(caller),
      projectId,
      action: 'redaction.downloaded',
      target: { type: 'project', id: projectId },
      counts: { files },
    });
  }
}

/** @throws AppError NOT_FOUND for a document that is not there, NOTHING_TO_DOWNLOAD when one has no redacted file */
function choose(
  listed: readonly RedactableDocument[],
  ids: readonly string[] | undefined,
): readonly Redacted[] {
  const redacted = listed.filter(isRedacted);
  if (ids) {
    const found = new Set(listed.map(({ id }) => id));
    const missing = ids.findIndex((id) => !found.has(id));
    if (missing !== -1) throw noSuchDocument(missing);
    const others = listed.filter((document) => !isRedacted(document));
    if (others.length > 0) throw notRedacted(others.map(({ id }) => id));
  }
  if (redacted.length === 0) throw nothingToDownload();
  return redacted;
}

async function* after(first: ArchiveEntry, rest: AsyncGenerator<ArchiveEntry>): AsyncGenerator<ArchiveEntry> {
  yield first;
  yield* rest;
}

/** The stream, which ends when the request does. */
function endedBy(signal: AbortSignal, stream: Readable): Readable {
  const stop = (): void => void stream.destroy(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', stop));
  return stream;
}
