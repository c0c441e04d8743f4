import type { DocumentFailureCode } from '../../document-failure.js';
import { failureOf } from '../failures.js';
import { PdfiumLibrary } from './pdfium-library.js';

/** An instance that has grown beyond is not kept for the next document. */
const MOST_BYTES = 192 * 1024 * 1024;

/** Lends the one instance of PDFium to one piece of work after the other. */
export class PdfiumPool {
  #library: Promise<PdfiumLibrary> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * After any failure the instance is not used again: it may hold memory that was never freed, or none that can be trusted.
   * @param otherwise what an error means that says nothing itself
   * @throws DocumentFailure alone
   */
  use<T>(otherwise: DocumentFailureCode, work: (library: PdfiumLibrary) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(otherwise, work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(otherwise: DocumentFailureCode, work: (library: PdfiumLibrary) => Promise<T>): Promise<T> {
    this.#library ??= PdfiumLibrary.load();
    const library = await this.#library;
    try {
      const result = await work(library);
      if (library.size > MOST_BYTES) this.#library = undefined;
      return result;
    } catch (error) {
      this.#library = undefined;
      throw failureOf(error, otherwise);
    }
  }
}
