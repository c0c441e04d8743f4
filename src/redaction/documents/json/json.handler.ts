import { JsonTextDocument } from '../../engine/structure/json-text-document.js';
import type { DocumentHandler, DocumentTask, Inspection, RedactedDocument } from '../document-handler.js';
import { withDocumentFailures } from '../engine-failures.js';
import { inspectText, redactText, type TextFormat } from '../text/structured-redaction.js';

/**
 * JSON (RFC 8259): keys, strings and numbers; a number that is replaced becomes a string. All else, white space and the
 * spelling of what stays included, is as it was.
 */
export class JsonHandler implements DocumentHandler {
  readonly #format: TextFormat = {
    name: 'json',
    isMarkdown: false,
    marksFallback: false,
    open: (text) => new JsonTextDocument(text),
  };

  redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument> {
    return withDocumentFailures(async () => redactText(document, task, this.#format));
  }

  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection> {
    return withDocumentFailures(async () => inspectText(document, task, this.#format));
  }
}
