import { Readable } from 'node:stream';
import { FILES_ERRORS, type Searchable } from '../../files/index.js';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import { storageUnavailable } from '../../platform/storage/storage.errors.js';
import { DocumentFailure } from '../documents/document-failure.js';
import type { DocumentProcesses } from '../documents/process/document-processes.service.js';
import { FileSearch } from './file-search.service.js';

const SOUGHT = {
  passages: async (text: string) =>
    [...text.matchAll(/Ada/g)].map(({ index }) => ({ start: index, end: index + 3 })),
};

interface Extracted {
  readonly text: string;
  readonly title?: string;
  readonly gap?: string;
}
type File = Extracted | Error;

/** Files as their process reads them, or why they cannot be opened or read. */
function searchOf({ original, redacted, isUnopened = false }: Files) {
  const documents = {
    open: async (_: string, __: string, kind: 'original' | 'redacted') => {
      const file = kind === 'original' ? original : redacted;
      if (isUnopened && file instanceof Error) throw file;
      const bytes = Buffer.from(kind);
      return { bytes: Readable.from([bytes]), size: bytes.length };
    },
  };
  const processes = {
    extract: async ({ read }: { read: () => Promise<Buffer> }) => {
      const file = (await read()).toString() === 'original' ? original : redacted;
      if (file instanceof Error) throw file;
      return { text: file?.text, title: file?.title ?? null, gaps: file?.gap ? [{ reason: file.gap }] : [] };
    },
  };
  const search = new FileSearch(
    documents as unknown as Searchable.SearchableDocuments,
    processes as unknown as DocumentProcesses,
    {} as ConstructorParameters<typeof FileSearch>[2],
  );
  const redactedFileId = redacted ? 'file_2' : null;
  return (format: 'pdf' | 'png' = 'pdf', signal = new AbortController().signal) =>
    search.lookInto('org_1', { id: 'doc_1', format, redactedFileId, isHeld: false }, SOUGHT, signal);
}

interface Files {
  readonly original: File;
  readonly redacted?: File;
  readonly isUnopened?: boolean;
}

const CLEAR = { text: 'of nobody' };
const clear = (unread: string | null) => ({ outcome: 'clear', unread });
const FOUND = { outcome: 'found', unread: null };

describe('looking into the files of a document', () => {
  it.each<[string, Files, object]>([
    ['its text', { original: { text: 'of Ada' } }, FOUND],
    ['its title', { original: { text: '', title: 'Ada' } }, FOUND],
    ['its redacted copy alone', { original: CLEAR, redacted: { text: 'of Ada' } }, FOUND],
    [
      'a copy, where the original is damaged',
      { original: new DocumentFailure('DOCUMENT_DAMAGED'), redacted: { text: 'Ada' } },
      FOUND,
    ],
    ['the rest of a scan', { original: { text: 'of Ada', gap: 'PAGES_WITHOUT_TEXT' } }, FOUND],
    ['none of them', { original: CLEAR, redacted: CLEAR }, clear(null)],
  ])('finds a value in %s', async (_, files, expected) => {
    expect(await searchOf(files)()).toEqual(expected);
  });

  it.each<[string, Files]>([
    ['PAGES_WITHOUT_TEXT', { original: { text: '', gap: 'PAGES_WITHOUT_TEXT' } }],
    ['DOCUMENT_TOO_COMPLEX', { original: new DocumentFailure('DOCUMENT_TOO_COMPLEX') }],
    ['DOCUMENT_ENCRYPTED', { original: CLEAR, redacted: new DocumentFailure('DOCUMENT_ENCRYPTED') }],
    ['DOCUMENT_UNREADABLE', { original: new Error('a fault of the reader') }],
    [
      'FILE_UNREADABLE',
      { original: new AppError('FILE_UNREADABLE', FILES_ERRORS.FILE_UNREADABLE), isUnopened: true },
    ],
    ['FILE_UNREADABLE', { original: new RangeError('shorter than it should be'), isUnopened: true }],
  ])('says what it could not read: %s', async (code, files) => {
    expect(await searchOf(files)()).toEqual(clear(code));
  });

  it('opens no file of a format that nobody reads', async () => {
    const files = { original: new Error('opened'), isUnopened: true };
    expect(await searchOf(files)('png')).toEqual(clear('FORMAT_NOT_READABLE'));
  });

  it('knows a document that is gone, and fails where another attempt may do better', async () => {
    const unopened = (original: Error) => searchOf({ original, isUnopened: true });
    expect(await unopened(platformError('NOT_FOUND'))()).toEqual({ outcome: 'gone', unread: null });
    await expect(unopened(storageUnavailable(new Error('down')))()).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
    });
    await expect(unopened(new Error('the database is away'))()).rejects.toThrow('away');
    const over = AbortSignal.abort(new Error('the lease is lost'));
    await expect(
      searchOf({ original: new DocumentFailure('DOCUMENT_DAMAGED') })('pdf', over),
    ).rejects.toThrow('lease');
  });
});
