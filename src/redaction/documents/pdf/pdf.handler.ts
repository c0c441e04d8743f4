import type {
  DocumentHandler,
  DocumentTask,
  Inspection,
  PageImage,
  RedactedDocument,
} from '../document-handler.js';
import { inspectDocument } from './inspection.js';
import type { PdfRedactor, RemovalVerifier } from './pdf-ports.js';
import { PdfiumPool } from './pdfium/pdfium-pool.js';
import { PdfiumRedactor } from './pdfium-redactor.js';
import { renderPage } from './rendering.js';
import { SecondLook } from './verification/removal-verifier.js';

/** What the handler works with; tests give it parts that fail. */
export interface PdfParts {
  readonly redactor?: PdfRedactor;
  readonly verifier?: RemovalVerifier;
}

/** Redacts PDF: text and image pixels are removed and not covered, and whatever pages do not show is left behind. */
export class PdfHandler implements DocumentHandler {
  readonly #pool = new PdfiumPool();
  readonly #redactor: PdfRedactor;
  readonly #verifier: RemovalVerifier;

  constructor({ redactor, verifier }: PdfParts = {}) {
    this.#redactor = redactor ?? new PdfiumRedactor(this.#pool);
    this.#verifier = verifier ?? new SecondLook();
  }

  async redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument> {
    const { bytes, report, values, kept } = await this.#redactor.remove(document, task);
    const checks = await this.#verifier.verify({ bytes, report, values, kept }, task);
    return {
      bytes,
      report: {
        ...report,
        verification: { passed: true, checks: [{ name: 'text_kept', passed: true }, ...checks] },
      },
    };
  }

  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection> {
    return this.#pool.use('DOCUMENT_DAMAGED', (library) => inspectDocument(library, document, task));
  }

  /** @throws RangeError when there is no such page */
  async render(
    document: Uint8Array,
    task: DocumentTask,
    page: number,
    width: number,
    marked: boolean,
  ): Promise<PageImage> {
    const image = await this.#pool.use('DOCUMENT_DAMAGED', (library) =>
      renderPage(library, document, task, { page, width, marked }),
    );
    if (image === undefined) throw new RangeError(`the document has no page ${page}`);
    return image;
  }
}
