import { TextDocument } from '../../engine/structure/text-document.js';
import type { DocumentHandler, DocumentTask, Inspection, RedactedDocument } from '../document-handler.js';
import { withDocumentFailures } from '../engine-failures.js';
import { inspectText, redactText, type TextFormat } from './structured-redaction.js';

/** Plain text and Markdown, in any encoding that can be told. Markdown is searched as it is spelled and as it shows. */
export class TextHandler implements DocumentHandler {
  readonly #format: TextFormat;

  constructor(name: 'txt' | 'md') {
    this.#format = {
      name,
      isMarkdown: name === 'md',
      marksFallback: true,
      open: (text) => new TextDocument(text),
    };
  }

  redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument> {
    return withDocumentFailures(async () => redactText(document, task, this.#format));
  }

  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection> {
    return withDocumentFailures(async () => inspectText(document, task, this.#format));
  }
}
