import { CsvDocument } from '../../engine/structure/csv-document.js';
import type { DocumentHandler, DocumentTask, Inspection, RedactedDocument } from '../document-handler.js';
import { withDocumentFailures } from '../engine-failures.js';
import { inspectText, redactText, type TextFormat } from '../text/structured-redaction.js';

/** A cell that begins so is a formula to spreadsheets (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * CSV, cell by cell, headers too. Cells without findings stay byte for byte; one whose beginning was replaced does not become
 * a formula by that, whatever the placeholder begins with.
 */
export class CsvHandler implements DocumentHandler {
  readonly #format: TextFormat = {
    name: 'csv',
    isMarkdown: false,
    marksFallback: true,
    open: (text) => new CsvDocument(text),
    finish: (text, removals) => (removals[0]?.start === 0 && FORMULA.test(text) ? `'${text}` : text),
  };

  redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument> {
    return withDocumentFailures(async () => redactText(document, task, this.#format));
  }

  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection> {
    return withDocumentFailures(async () => inspectText(document, task, this.#format));
  }
}
