import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask } from '../document-handler.js';
import { atPage } from './failures.js';
import { type FoundDocument, findInDocument, type PlacedFinding } from './finding/document-finder.js';
import { pruneFonts } from './fonts/font-pruning.js';
import type { PdfRedactor, Removal } from './pdf-ports.js';
import { drawPage } from './pdfium/page-bitmap.js';
import { PdfiumDocument } from './pdfium/pdfium-document.js';
import type { PdfiumLibrary } from './pdfium/pdfium-library.js';
import type { PdfiumPool } from './pdfium/pdfium-pool.js';
import {
  loadWritten,
  type PreparedPage,
  type PreparedPdf,
  prepare,
  refuseHugeImages,
} from './preparation.js';
import { type Box, closeBoxes, colorOf, wideBoxes } from './removal/boxes.js';
import { Labels } from './removal/labels.js';
import { fillBoxes, pictureSize, storePicture } from './removal/page-picture.js';
import { type RemovedPage, removeFound } from './removal/page-remover.js';
import { labelFont, painted } from './removal/painting.js';
import { reportOf } from './removal/report.js';
import { PageBuilder } from './structure/page-builder.js';
import { pagesOf } from './structure/page-tree.js';

/**
 * PDFium writes a page's content in a time that grows with the document's size, and overwrites images in place wherever
 * they are shown. So a document is worked on in pieces, and a page with images that lose pixels is a piece of its own.
 */
const PIECE = 20;

/** A page that is done, with what its boxes say. */
interface DonePage extends RemovedPage {
  readonly labels: readonly string[];
}

/** Removes by PDFium what a detector finds in a document that was made simple first. */
export class PdfiumRedactor implements PdfRedactor {
  constructor(readonly pool: PdfiumPool) {}

  remove(document: Uint8Array, task: DocumentTask): Promise<Removal> {
    return this.pool.use('DOCUMENT_DAMAGED', async (library) => {
      const prepared = await prepare(library, document, task);
      const opened = PdfiumDocument.open(library, prepared.bytes);
      const found = findInDocument(opened, prepared, task);
      const work = new Work(library, opened, prepared, found, task);
      const removal = await work.done();
      opened.close();
      return removal;
    });
  }
}

/** The removal of what was found in one document. */
class Work {
  readonly #builder = new PageBuilder();
  readonly #labels: Labels;
  readonly #pages: DonePage[] = [];

  constructor(
    readonly library: PdfiumLibrary,
    readonly document: PdfiumDocument,
    readonly prepared: PreparedPdf,
    readonly found: FoundDocument,
    readonly task: DocumentTask,
  ) {
    this.#labels = new Labels(task.policy.placeholders);
  }

  async done(): Promise<Removal> {
    const { pages } = this.prepared;
    for (let first = 0; first < pages.length; ) {
      const count = this.#pieceAt(first);
      await this.#piece(first, count);
      first += count;
    }
    this.task.progress({ stage: 'removing', done: pages.length, total: pages.length });
    const fonts = await pruneFonts(this.#builder);
    this.prepared.removed.add('font_residue', fonts.pruned);
    return {
      bytes: await this.#builder.save(),
      values: this.#pages.flatMap(({ findings }, index) =>
        findings.map(({ type, text }) => ({ type, text, page: index + 1 })),
      ),
      kept: this.#pages.map(({ kept, labels }) =>
        [this.task.policy.strict ? '' : kept, ...labels].join('\n'),
      ),
      report: reportOf(this.prepared, this.#pages, this.task.policy, fonts.unpruned > 0),
    };
  }

  #pieceAt(first: number): number {
    const { pages } = this.prepared;
    let count = 0;
    while (count < PIECE && first + count < pages.length && !this.#losesPixels(first + count)) count++;
    return Math.max(1, count);
  }

  #losesPixels(index: number): boolean {
    const page = this.prepared.pages[index];
    const finds = (this.found.pages[index]?.findings.length ?? 0) + (page?.regions.length ?? 0) > 0;
    return finds && page !== undefined && page.images.length > 0;
  }

  async #piece(first: number, count: number): Promise<void> {
    const piece = this.document.extract(first, count);
    const { policy, progress } = this.task;
    const pages = this.prepared.pages.slice(first, first + count);
    const removed = pages.map((page, at) => {
      if (policy.strict || this.#losesPixels(first + at))
        atPage(first + at + 1, () => refuseHugeImages(page));
      progress({ stage: 'removing', done: first + at, total: this.prepared.pages.length });
      return atPage(first + at + 1, () => this.#removed(piece, at, first + at, page));
    });
    if (policy.strict)
      for (const [at, page] of pages.entries()) await this.#addPicture(piece, at, page, removed[at]);
    else await this.#addPages(piece, pages, removed);
    piece.close();
  }

  #removed(piece: PdfiumDocument, at: number, index: number, page: PreparedPage): RemovedPage {
    const found = this.found.pages[index];
    if (found === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED', index + 1);
    return removeFound(piece, at, page, found, { detector: this.task.detector, values: this.found.values });
  }

  async #addPages(
    piece: PdfiumDocument,
    pages: readonly PreparedPage[],
    removed: readonly RemovedPage[],
  ): Promise<void> {
    const { catalog } = await loadWritten(piece.save());
    const source = this.#builder.source();
    const sources = pagesOf(catalog);
    for (const [at, page] of pages.entries()) {
      const written = sources[at];
      const done = removed[at];
      if (written === undefined || done === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
      const boxes = closeBoxes(done.findings, page.regions, this.#labelOf);
      let labels: string[] = [];
      this.#builder.addPage(source, written, page.geometry, {
        paint: (content) => {
          const font = this.task.policy.look.label ? content.fontName(labelFont(this.#builder)) : '';
          const result = painted(boxes, this.#paint(page.geometry.turns), font);
          for (const line of result.lines) content.addLine(line);
          ({ labels } = result);
        },
      });
      this.#pages.push({ ...done, labels });
    }
  }

  /** A page as a picture, with boxes drawn into its pixels and labels as text above. */
  async #addPicture(
    piece: PdfiumDocument,
    at: number,
    page: PreparedPage,
    done: RemovedPage | undefined,
  ): Promise<void> {
    if (done === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
    const { geometry } = page;
    const size = pictureSize(geometry);
    const bitmap = piece.withPage(at, (handle) => drawPage(this.library, handle, size.width, size.height));
    const boxes = wideBoxes(done.findings, page.regions, this.#labelOf);
    fillBoxes(
      bitmap,
      geometry,
      boxes.map(({ rectangle }) => rectangle),
      this.#color,
    );
    const image = await storePicture(bitmap, this.#builder.store);
    const shown = boxes.flatMap((box) => shownBox(box, geometry));
    const { lines, labels } = painted(shown, this.#paint(0), '/L');
    const { context } = this.#builder;
    const resources = context.obj(labels.length > 0 ? { Font: { L: labelFont(this.#builder) } } : {});
    this.#builder.addImagePage(image, geometry, labels.length > 0 ? lines.join('\n') : '', resources);
    this.#pages.push({ ...done, labels });
  }

  get #color(): readonly [number, number, number] {
    return colorOf(this.task.policy.look);
  }

  #paint(turns: 0 | 1 | 2 | 3) {
    return { color: this.#color, turns };
  }

  readonly #labelOf = (finding: PlacedFinding): string | undefined =>
    this.task.policy.look.label ? this.#labels.of(finding) : undefined;
}

/** A box of the page's own space as it lies on the page as it is shown, in points from the lower left corner. */
function shownBox({ rectangle, label }: Box, geometry: PreparedPage['geometry']): Box[] {
  const area = geometry.toArea(rectangle);
  if (area === undefined) return [];
  const { width, height } = geometry;
  return [
    {
      label,
      rectangle: {
        left: area.x * width,
        right: (area.x + area.width) * width,
        bottom: (1 - area.y - area.height) * height,
        top: (1 - area.y) * height,
      },
    },
  ];
}
