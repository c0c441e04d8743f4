import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenError } from '../../crypto/index.js';
import { Searchable } from '../../files/index.js';
import type { SearchedDocument } from '../../platform/erasure/document-search.js';
import type { SoughtValue } from '../../platform/erasure/sought-value.js';
import { AppError } from '../../platform/errors/app-error.js';
import { DocumentFailure } from '../documents/document-failure.js';
import type { ExtractedDocument } from '../documents/extraction/extracted-document.js';
import { EXTRACTABLE_FORMATS } from '../documents/extraction/extractors.js';
import { DocumentProcesses } from '../documents/process/document-processes.service.js';
import { readWhole } from '../read-whole.js';

/** What looking into a document came to. */
export type LookedInto = Pick<SearchedDocument, 'unread'> & {
  readonly outcome: 'clear' | 'found' | 'gone';
};

/** A file that is there and cannot be read. */
const UNREADABLE: readonly string[] = ['PASSWORD_REQUIRED', 'FILE_UNREADABLE'];
/** Of what failed in a way that no document should. */
const UNKNOWN = 'DOCUMENT_UNREADABLE';

/** A file of a document. */
interface FileToRead {
  readonly organizationId: string;
  readonly id: string;
  readonly format: string;
  readonly kind: 'original' | 'redacted';
}

const unread = (code: string | null): LookedInto => ({ outcome: 'clear', unread: code });

/** Looks for a value in the files of one document, by their text as a process of its own reads it. */
@Injectable()
export class FileSearch {
  constructor(
    private readonly documents: Searchable.SearchableDocuments,
    private readonly processes: DocumentProcesses,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError STORAGE_UNAVAILABLE; the signal's reason; what the database throws */
  async lookInto(
    organizationId: string,
    { id, format, redactedFileId }: Searchable.SearchableDocument,
    value: SoughtValue,
    signal: AbortSignal,
  ): Promise<LookedInto> {
    if (!EXTRACTABLE_FORMATS.includes(format)) return unread('FORMAT_NOT_READABLE');
    const look = (kind: 'original' | 'redacted') =>
      this.lookIntoFile({ organizationId, id, format, kind }, value, signal);
    const original = await look('original');
    if (original.outcome !== 'clear' || redactedFileId === null) return original;
    const redacted = await look('redacted');
    // The copy was replaced or is no more: the original says what there is to say.
    if (redacted.outcome === 'gone') return original;
    return redacted.outcome === 'found' ? redacted : unread(original.unread ?? redacted.unread);
  }

  private async lookIntoFile(file: FileToRead, value: SoughtValue, signal: AbortSignal): Promise<LookedInto> {
    const extracted = await this.extract(file, signal);
    if ('outcome' in extracted) return extracted;
    const { text, title, gaps } = extracted;
    for (const part of [text, title ?? ''])
      if ((await value.passages(part)).length > 0) return { outcome: 'found', unread: null };
    return unread(gaps[0]?.reason ?? null);
  }

  /** Its text, or why there is none. */
  private async extract(
    { organizationId, id, format, kind }: FileToRead,
    signal: AbortSignal,
  ): Promise<ExtractedDocument | LookedInto> {
    let readingFailed = false;
    const read = async (): Promise<Buffer> => {
      try {
        const { bytes, size } = await this.documents.open(organizationId, id, kind, this.dataSource.manager);
        return await readWhole(bytes, size, signal);
      } catch (error) {
        readingFailed = true;
        throw error;
      }
    };
    try {
      return await this.processes.extract({ format, read }, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DocumentFailure) return unread(error.code);
      if (error instanceof AppError && error.code === 'NOT_FOUND') return { outcome: 'gone', unread: null };
      if (error instanceof AppError && UNREADABLE.includes(error.code)) return unread(error.code);
      if (error instanceof OpenError || error instanceof RangeError) return unread('FILE_UNREADABLE');
      // A fault of the reader is told, and stops no erasure.
      if (!readingFailed) return unread(UNKNOWN);
      throw error;
    }
  }
}
