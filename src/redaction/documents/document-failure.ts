/**
 * Why a document was not redacted, by code. The message says what is wrong with the file and what to do; no value of
 * the document is in it.
 */
export const DOCUMENT_FAILURES = {
  FORMAT_NOT_REDACTABLE:
    'Documents of this format cannot be redacted yet. Convert it to PDF, DOCX, TXT, MD, CSV or JSON, and upload that.',
  FORMAT_NOT_READABLE:
    'The text of files of this format cannot be read yet. Convert it to PDF, DOCX, HTML, TXT, MD, CSV or JSON, and upload that.',
  DOCUMENT_DAMAGED:
    'The file is damaged or cut off, so it cannot be read to its end. Save it anew from where it was made, and upload that.',
  DOCUMENT_EMPTY: 'The document has no pages.',
  DOCUMENT_ENCRYPTED: 'The document opens with a password only. Send the password along, or remove it first.',
  DOCUMENT_PASSWORD_WRONG: 'The password does not open the document.',
  DOCUMENT_UNDECODABLE: 'The bytes are text of no known encoding. Save the file as UTF-8, and upload that.',
  DOCUMENT_INVALID: 'The content is not well formed. Mend the file, and upload it again.',
  DOCUMENT_WITHOUT_TEXT:
    'A page shows pictures and no text that could be searched. Recognise its text (OCR) first, or mark what is to be removed by regions.',
  DOCUMENT_HAS_FORMS:
    'The document is an XFA form, whose content is no part of its pages. Print it to PDF, and upload that.',
  DOCUMENT_HAS_LAYERS:
    'The document has hidden layers. Show or delete them where it was made, and upload it again.',
  DOCUMENT_SIGNED:
    'The document is signed, and redaction would break the signature. Allow that by a policy that is not strict.',
  DOCUMENT_NOT_REDACTABLE:
    'A page draws text by means that cannot be searched or removed safely. Print it to PDF, and upload that.',
  DOCUMENT_TOO_LARGE:
    'The document has more pages or parts than can be redacted. Split it, and upload the pieces.',
  DOCUMENT_TOO_COMPLEX: 'The document takes more time or memory than one document may. Simplify or split it.',
  REGIONS_UNSUPPORTED: 'Regions mark areas of pages, and this format has none. Use search terms for it.',
  PATTERN_TOO_COSTLY: 'The custom patterns of the policy cost too much on this document. Simplify them.',
  REDACTION_UNVERIFIED:
    'The redacted document still held something that was to be removed, so it was thrown away. Try a strict policy, and report this document’s kind to the makers of Redoubt.',
} as const;

export type DocumentFailureCode = keyof typeof DOCUMENT_FAILURES;

/** A document that cannot be redacted. Nothing of it is handed out; no repetition cures it. */
export class DocumentFailure extends Error {
  /** @param page from 1, where one page is at fault */
  constructor(
    readonly code: DocumentFailureCode,
    readonly page?: number,
    options?: { cause?: unknown },
  ) {
    super(DOCUMENT_FAILURES[code], options);
    this.name = 'DocumentFailure';
  }
}
