import { DocumentFailure } from '../../document-failure.js';
import type { PdfiumExports } from './pdfium-exports.js';
import type { PdfiumLibrary } from './pdfium-library.js';

/** FPDF_ANNOT_WIDGET of public/fpdf_annot.h. */
const WIDGET = 20;
const NORMAL_APPEARANCE = 0;

/** FPDF_ERR_… of public/fpdfview.h. */
const ERROR_PASSWORD = 4;

/** A document that PDFium holds open. Close it: its memory is not the garbage collector's. */
export class PdfiumDocument {
  readonly library: PdfiumLibrary;
  readonly #handle: number;
  readonly #data: number;

  private constructor(library: PdfiumLibrary, handle: number, data: number) {
    this.library = library;
    this.#handle = handle;
    this.#data = data;
  }

  /** @throws DocumentFailure `DOCUMENT_ENCRYPTED`, `DOCUMENT_PASSWORD_WRONG`, `DOCUMENT_DAMAGED` */
  static open(library: PdfiumLibrary, bytes: Uint8Array, password?: string): PdfiumDocument {
    const { call } = library;
    const data = library.put(bytes);
    const secret = password === undefined ? 0 : library.put(Buffer.from(`${password}\0`));
    const handle = call.FPDF_LoadMemDocument64(data, bytes.length, secret);
    const error = handle === 0 ? call.FPDF_GetLastError() : 0;
    if (secret !== 0) call.free(secret);
    if (handle !== 0) return new PdfiumDocument(library, handle, data);
    call.free(data);
    if (error !== ERROR_PASSWORD) throw new DocumentFailure('DOCUMENT_DAMAGED');
    throw new DocumentFailure(password === undefined ? 'DOCUMENT_ENCRYPTED' : 'DOCUMENT_PASSWORD_WRONG');
  }

  /** A new one with copies of some pages of this one, in order. */
  extract(first: number, count: number): PdfiumDocument {
    const { call } = this.library;
    const indices = this.library.allocate(count * 4);
    const pages = Int32Array.from({ length: count }, (_, index) => first + index);
    this.library.integers.set(pages, indices >> 2);
    const handle = call.FPDF_CreateNewDocument();
    const copied =
      handle !== 0 && call.FPDF_ImportPagesByIndex(handle, this.#handle, indices, count, 0) !== 0;
    call.free(indices);
    if (!copied) throw new DocumentFailure('DOCUMENT_DAMAGED');
    return new PdfiumDocument(this.library, handle, 0);
  }

  get pageCount(): number {
    return this.library.call.FPDF_GetPageCount(this.#handle);
  }

  /** Whether its table of objects is where the file says; else PDFium has looked for the objects itself. */
  get hasIndex(): boolean {
    return this.library.call.FPDF_DocumentHasValidCrossReferenceTable(this.#handle) !== 0;
  }

  get isEncrypted(): boolean {
    return this.library.call.EPDF_IsEncrypted(this.#handle) !== 0;
  }

  /** How often the file says that it ends: once for each revision. */
  get revisions(): number {
    return this.library.call.FPDF_GetTrailerEnds(this.#handle, 0, 0);
  }

  decrypt(): void {
    if (this.library.call.EPDF_RemoveEncryption(this.#handle) === 0) {
      throw new DocumentFailure('DOCUMENT_DAMAGED');
    }
  }

  /**
   * Runs work on one page.
   * @param index from 0
   * @throws DocumentFailure `DOCUMENT_DAMAGED` when the page cannot be read
   */
  withPage<T>(index: number, work: (page: number) => T): T {
    const { call } = this.library;
    const page = call.FPDF_LoadPage(this.#handle, index);
    if (page === 0) throw new DocumentFailure('DOCUMENT_DAMAGED', index + 1);
    const result = work(page);
    call.FPDF_ClosePage(page);
    return result;
  }

  /** Draws the form fields that say what they hold but not how it looks. */
  drawFields(): void {
    const { call } = this.library;
    if (call.FPDF_GetFormType(this.#handle) === 0) return;
    const info = call.PDFiumExt_OpenFormFillInfo();
    const form = call.PDFiumExt_InitFormFillEnvironment(this.#handle, info);
    for (let index = 0; index < this.pageCount; index++) {
      this.withPage(index, (page) => drawFieldsOf(call, page));
    }
    if (form !== 0) call.PDFiumExt_ExitFormFillEnvironment(form);
    call.PDFiumExt_CloseFormFillInfo(info);
  }

  /** Written anew: what nothing refers to, and what earlier revisions held, is left out. */
  save(): Uint8Array {
    const { call } = this.library;
    const writer = call.PDFiumExt_OpenFileWriter();
    call.PDFiumExt_SaveAsCopy(this.#handle, writer);
    const size = call.PDFiumExt_GetFileWriterSize(writer);
    if (size <= 0) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    const buffer = this.library.allocate(size);
    call.PDFiumExt_GetFileWriterData(writer, buffer, size);
    const bytes = this.library.take(buffer, size);
    call.free(buffer);
    call.PDFiumExt_CloseFileWriter(writer);
    return bytes;
  }

  close(): void {
    this.library.call.FPDF_CloseDocument(this.#handle);
    if (this.#data !== 0) this.library.call.free(this.#data);
  }
}

function drawFieldsOf(call: PdfiumExports, page: number): void {
  const count = call.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count; index++) {
    const annotation = call.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const isField = call.FPDFAnnot_GetSubtype(annotation) === WIDGET;
    if (isField && call.EPDFAnnot_HasAppearanceStream(annotation, NORMAL_APPEARANCE) === 0) {
      call.EPDFAnnot_GenerateFormFieldAP(annotation);
    }
    call.FPDFPage_CloseAnnot(annotation);
  }
}
