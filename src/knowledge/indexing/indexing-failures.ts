import { DocumentFailures } from '../../redaction/index.js';

/** Why a document was not indexed, and what to do, by code. */
const TEXTS: Readonly<Record<string, string>> = {
  ...DocumentFailures.DOCUMENT_FAILURES,
  GRANT_EXPIRED:
    'The project has a password, and the permission to read the file has lapsed. Delete the document, and upload it again.',
  FILE_UNREADABLE: 'The stored file is missing or damaged, so it cannot be read. Ask the operator.',
  STORAGE_UNAVAILABLE:
    'The storage of files did not answer for too long. Index the document anew once it does.',
  DOCUMENT_GONE: 'The document was deleted meanwhile.',
  CANCELLED: 'The job was cancelled. Index the document anew if you want it to be found.',
  NOT_FOUND:
    'The redaction policy of the knowledge base is gone. Name another one, and index the document anew.',
  RESOURCE_ARCHIVED:
    'The redaction policy of the knowledge base is archived. Name another one, and index the document anew.',
  PATTERN_TOO_COSTLY:
    'The custom patterns of the redaction policy cost too much on this document. Simplify them.',
  TIME_LIMIT_EXCEEDED:
    'The redaction policy allows too little time for this document. Allow more, or split it.',
  WORKER_LOST: 'Worker after worker ended while it indexed this. Simplify or split the document.',
  TASK_FAILED: 'An unexpected error; the log of the server says which. Index the document anew.',
};

/** The public text of a code that indexing ended with. */
export const indexingFailure = (code: string): string =>
  TEXTS[code] ?? `Indexing failed with ${code}. Index the document anew; the job's log says more.`;
