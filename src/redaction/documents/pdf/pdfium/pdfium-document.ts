import { DocumentFailure } from '../../document-failure.js';
import type { PdfiumExports } from './pdfium-exports.js';
import type { PdfiumLibrary } from './pdfium-library.js';

/** FPDF_ANNOT_WIDGET of public/fpdf_annot.h. */
const WIDGET = 20;
/** FPDF_ANNOT_FREETEXT of the same. */
const FREE_TEXT = 3;
const NORMAL_APPEARANCE = 0;
/** FLAT_NORMALDISPLAY of public/fpdf_flatten.h. */
const AS_SHOWN = 0;
/** FORMTYPE_XFA_FULL of public/fpdf_formfill.h. */
const XFA = 2;

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

  /** Its content is an XFA form, of which its pages show nothing. */
  get isXfa(): boolean {
    return this.library.call.FPDF_GetFormType(this.#handle) === XFA;
  }

  /** What it says about itself. @param tag `Title`, `Author`, … */
  metadata(tag: string): string {
    const { call } = this.library;
    const name = this.library.put(Buffer.from(`${tag}\0`));
    const text = this.#string((buffer, size) => call.FPDF_GetMetaText(this.#handle, name, buffer, size));
    call.free(name);
    return text;
  }

  /** The entries of its outline, each before those below it. @param most so many of them, and so many levels */
  outline(most: { readonly entries: number; readonly levels: number }): OutlineEntry[] {
    const { call } = this.library;
    const entries: OutlineEntry[] = [];
    const walk = (parent: number, level: number): void => {
      for (
        let entry = call.FPDFBookmark_GetFirstChild(this.#handle, parent);
        entry !== 0 && entries.length < most.entries;
        entry = call.FPDFBookmark_GetNextSibling(this.#handle, entry)
      ) {
        const title = this.#string((buffer, size) => call.FPDFBookmark_GetTitle(entry, buffer, size));
        entries.push({ title, level, page: this.#pageOf(entry) });
        if (level < most.levels) walk(entry, level + 1);
      }
    };
    walk(0, 1);
    return entries;
  }

  #pageOf(entry: number): number | undefined {
    const { call } = this.library;
    const action = call.FPDFBookmark_GetAction(entry);
    const destination =
      call.FPDFBookmark_GetDest(this.#handle, entry) ||
      (action === 0 ? 0 : call.FPDFAction_GetDest(this.#handle, action));
    const index = destination === 0 ? -1 : call.FPDFDest_GetDestPageIndex(this.#handle, destination);
    return index < 0 ? undefined : index;
  }

  /** A text that a function writes in UTF-16LE with a NUL behind it, once it has said how many bytes that takes. */
  #string(write: (buffer: number, size: number) => number): string {
    const size = write(0, 0);
    if (size <= 2) return '';
    const buffer = this.library.allocate(size);
    write(buffer, size);
    const text = Buffer.from(this.library.take(buffer, size - 2)).toString('utf16le');
    this.library.call.free(buffer);
    return text;
  }

  /**
   * Runs work on one page as it is shown: texts of its form fields and notes are part of it.
   * @throws as {@link withPage}
   */
  withShownPage<T extends object>(index: number, work: (page: number) => T): T {
    const { call } = this.library;
    const page = call.FPDF_LoadPage(this.#handle, index);
    if (page === 0) throw new DocumentFailure('DOCUMENT_DAMAGED', index + 1);
    const isWhole = !hasOwnText(call, page) || call.FPDFPage_Flatten(page, AS_SHOWN) === 0;
    const result = isWhole ? work(page) : undefined;
    call.FPDF_ClosePage(page);
    // What was drawn into it is read only when the page is loaded anew.
    return result ?? this.withPage(index, work);
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

/** An entry of an outline. */
export interface OutlineEntry {
  readonly title: string;
  /** From 1. */
  readonly level: number;
  /** Index of the page it leads to, from 0; undefined where it leads to none. */
  readonly page: number | undefined;
}

/** Whether texts stand on the page that its content does not have. */
function hasOwnText(call: PdfiumExports, page: number): boolean {
  const count = call.FPDFPage_GetAnnotCount(page);
  for (let index = 0; index < count; index++) {
    const annotation = call.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const type = call.FPDFAnnot_GetSubtype(annotation);
    call.FPDFPage_CloseAnnot(annotation);
    if (type === WIDGET || type === FREE_TEXT) return true;
  }
  return false;
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
