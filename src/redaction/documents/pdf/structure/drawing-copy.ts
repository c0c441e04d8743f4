import { deflateSync } from 'node:zlib';
import {
  PDFDict,
  type PDFName,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  type PDFStream,
} from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { ContentCopy, type CopiesDrawings } from '../content/content-copy.js';
import type { InlineImage, Operand } from '../content/content-reader.js';
import { Budget } from '../content/content-writer.js';
import { imageOf } from '../content/inline-image.js';
import { IDENTITY, type Matrix } from '../content/matrix.js';
import { decodedText } from '../content/stream-decoding.js';
import type { ImageCopy } from '../images/image-copy.js';
import { dictIn, name } from './pdf-objects.js';
import type { PlainCopy } from './plain-copy.js';

const KEYS: ReadonlySet<string> = new Set([
  ...['Type', 'Subtype', 'FormType', 'BBox', 'Matrix', 'Group'],
  ...['PatternType', 'PaintType', 'TilingType', 'XStep', 'YStep'],
]);
const DEEPEST = 16;

/**
 * Copies drawings: content of patterns, soft masks, glyphs and forms that is drawn by reference, where text could neither be
 * found nor removed. So one that shows text is refused.
 */
export class DrawingCopy implements CopiesDrawings {
  /** Whether any drawing shows an image. */
  hasImages = false;
  readonly #copied = new Map<PDFStream, PDFRef>();
  #depth = 0;
  #budget = new Budget();

  constructor(
    readonly plain: PlainCopy,
    readonly images: ImageCopy,
  ) {}

  /**
   * @param resources of the content that uses it, for those without their own
   * @param matrix in place of its own
   * @throws DocumentFailure `DOCUMENT_NOT_REDACTABLE` when it shows text; `DOCUMENT_TOO_COMPLEX`
   */
  copy(source: PDFStream, resources: PDFDict | undefined, matrix?: Matrix): PDFRef {
    const known = matrix === undefined ? this.#copied.get(source) : undefined;
    if (known !== undefined) return known;
    if (this.#depth === 0) this.#budget = new Budget();
    if (++this.#depth > DEEPEST) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    const content = new DrawingContent(this, this.#budget);
    const own = dictIn(source.dict, 'Resources') ?? resources;
    const text = content.copied(decodedText(source), own);
    this.#depth--;
    const entries = new Map<PDFName, PDFObject>(this.plain.dict(source.dict, KEYS).asMap());
    const { context } = this.plain.store;
    entries.set(name('Resources'), content.resources);
    if (matrix !== undefined) entries.set(name('Matrix'), context.obj([...matrix]));
    entries.set(name('Filter'), name('FlateDecode'));
    const bytes = deflateSync(Buffer.from(text, 'latin1'));
    const ref = this.plain.store.put(PDFRawStream.of(PDFDict.fromMapWithContext(entries, context), bytes));
    if (matrix === undefined) this.#copied.set(source, ref);
    return ref;
  }
}

class DrawingContent extends ContentCopy {
  protected readonly base = IDENTITY;
  protected readonly isClippedByText = false;

  constructor(
    readonly owner: DrawingCopy,
    budget: Budget,
  ) {
    super(owner.plain, owner, budget);
  }

  get resources(): PDFDict {
    return this.names.toDict(this.plain.store.context);
  }

  copied(text: string, resources: PDFDict | undefined): string {
    this.run(text, resources);
    return this.writer.toString();
  }

  protected showText(_operator: string, _operands: readonly Operand[]): void {
    throw new DocumentFailure('DOCUMENT_NOT_REDACTABLE');
  }

  protected setFont(): void {
    // No text follows: whatever shows some is refused.
  }

  protected drawImage(image: PDFStream): void {
    this.owner.hasImages = true;
    this.writer.write(`${this.names.nameFor('XObject', this.owner.images.copy(image))} Do`);
  }

  protected inlineImage(image: InlineImage, resources: PDFDict | undefined): void {
    this.drawImage(imageOf(image, this.plain.store.context, resources));
  }

  protected drawForm(form: PDFStream, resources: PDFDict | undefined): void {
    this.writer.write(`${this.names.nameFor('XObject', this.owner.copy(form, resources))} Do`);
  }
}
