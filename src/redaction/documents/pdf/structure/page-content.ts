import type { PDFDict, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { ContentCopy } from '../content/content-copy.js';
import type { InlineImage, Operand } from '../content/content-reader.js';
import { stringBytes } from '../content/content-strings.js';
import { Budget, decimal, numberOf } from '../content/content-writer.js';
import { imageOf } from '../content/inline-image.js';
import { IDENTITY, type Matrix, type Rectangle, times, transformed } from '../content/matrix.js';
import { BUILDS_PATH, ENDS_PATH } from '../content/operators.js';
import { OutlineCounter } from '../content/outline-counter.js';
import { PathFilter } from '../content/path-filter.js';
import { decodedText } from '../content/stream-decoding.js';
import type { FontCopy } from '../fonts/font-copy.js';
import type { FontUsage } from '../fonts/font-usage.js';
import type { DrawingCopy } from './drawing-copy.js';
import { dictIn, matrixIn, numberIn, rectangleIn } from './pdf-objects.js';

const UNIT: Rectangle = { left: 0, bottom: 0, right: 1, top: 1 };
const DEEPEST_FORM = 24;
/** Forms within forms can draw without end in a few bytes. */
const MOST_FORMS = 20_000;

/** Text rendering modes from here on add the text to the clipping path (ISO 32000-1, table 106). */
const CLIPPING_MODE = 4;
const ONLY_CLIPPING_MODE = 7;

interface State {
  readonly matrix: Matrix;
  readonly font: PDFRef | undefined;
  /** Whether the next text clips what is painted after it. */
  readonly willClip: boolean;
  /** Whether text clips what is painted: it is shown itself in place of that, since PDFium does not write such clips. */
  readonly clipped: boolean;
}

const START: State = { matrix: IDENTITY, font: undefined, willClip: false, clipped: false };

/** What copies the parts of a page. */
export interface PageCopies {
  readonly drawings: DrawingCopy;
  readonly fonts: FontCopy;
  readonly usage: FontUsage;
}

const rectangleText = ({ left, bottom, right, top }: Rectangle): string =>
  [left, bottom, right - left, top - bottom].map(decimal).join(' ');

/**
 * The content of one page, with all forms written out in place: what lies in a form that other pages share, or in a form
 * within a form, is then removed like any other content, and on this page alone.
 */
export class PageContent extends ContentCopy {
  /** Where images are drawn. */
  readonly images: Rectangle[] = [];
  /** Of the largest image. */
  pixels = 0;
  readonly outlines = new OutlineCounter();
  #state = START;
  readonly #saved: State[] = [];
  #base = IDENTITY;
  #depth = 0;
  #forms = 0;
  readonly #formTexts = new Map<PDFStream, string>();
  #path: string[] = [];
  #clips = '';
  readonly #filter: PathFilter | undefined;

  /** @param regions in the page's own space, in which no drawing is kept */
  constructor(
    readonly copies: PageCopies,
    regions: readonly Rectangle[],
  ) {
    super(copies.drawings.plain, copies.drawings, new Budget());
    this.#filter = regions.length > 0 ? new PathFilter(regions) : undefined;
  }

  get resources(): PDFDict {
    return this.names.toDict(this.plain.store.context);
  }

  add(text: string, resources: PDFDict | undefined): void {
    this.save();
    this.run(text, resources);
    this.restore(this.writer.depth - 1);
  }

  /** Draws a form as if it stood in the content. */
  addForm(form: PDFStream, matrix: Matrix): void {
    this.save();
    this.#concatenate(matrix);
    this.drawForm(form, dictIn(form.dict, 'Resources'));
    this.restore(this.writer.depth - 1);
  }

  /** The name operand of a font that is the target document's already. */
  fontName(font: PDFRef): string {
    return this.names.nameFor('Font', font);
  }

  addLine(line: string): void {
    this.writer.write(line);
  }

  override toString(): string {
    return this.writer.toString();
  }

  protected get isClippedByText(): boolean {
    return this.#state.clipped;
  }

  protected get base(): Matrix {
    return this.#base;
  }

  protected override save(): void {
    super.save();
    this.#saved.push(this.#state);
  }

  protected override restore(floor: number): boolean {
    if (!super.restore(floor)) return false;
    this.#state = this.#saved.pop() ?? this.#state;
    return true;
  }

  protected showText(operator: string, operands: readonly Operand[]): void {
    if (!this.writer.inText) return;
    this.plainOperation(operator, operands);
    if (this.#state.willClip) this.#state = { ...this.#state, clipped: true };
    const { font } = this.#state;
    const shown = operands.at(-1);
    if (font === undefined || shown === undefined) return;
    for (const part of 'items' in shown ? shown.items : [shown]) {
      if (part.kind === 'string') this.copies.usage.add(font, stringBytes(part.raw));
    }
  }

  protected setFont(source: PDFDict, size: string): void {
    const font = this.copies.fonts.copy(source);
    this.copies.usage.add(font, '');
    this.#state = { ...this.#state, font };
    this.writer.write(`${this.names.nameFor('Font', font)} ${size} Tf`);
  }

  protected drawImage(image: PDFStream): void {
    if (this.isClippedByText) return;
    const pixels = (numberIn(image.dict, 'Width') ?? 0) * (numberIn(image.dict, 'Height') ?? 0);
    this.pixels = Math.max(this.pixels, pixels);
    this.images.push(transformed(UNIT, this.#state.matrix));
    this.writer.write(`${this.names.nameFor('XObject', this.copies.drawings.images.copy(image))} Do`);
  }

  protected inlineImage(image: InlineImage, resources: PDFDict | undefined): void {
    this.drawImage(imageOf(image, this.plain.store.context, resources));
  }

  protected drawForm(form: PDFStream, resources: PDFDict | undefined): void {
    if (++this.#depth > DEEPEST_FORM || ++this.#forms > MOST_FORMS)
      throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    const base = this.#base;
    const inText = this.writer.inText;
    this.writer.endText();
    this.save();
    const floor = this.writer.depth;
    this.#concatenate(matrixIn(form.dict));
    const box = rectangleIn(form.dict, 'BBox');
    if (box !== undefined) {
      this.writer.write(`${rectangleText(box)} re W n`);
    }
    this.#base = this.#state.matrix;
    this.run(this.#textOf(form), resources);
    this.#base = base;
    this.restore(floor - 1);
    if (inText) this.writer.beginText();
    this.#depth--;
  }

  #textOf(form: PDFStream): string {
    const text = this.#formTexts.get(form) ?? decodedText(form);
    this.#formTexts.set(form, text);
    return text;
  }

  protected override plainOperation(operator: string, operands: readonly Operand[]): void {
    if (BUILDS_PATH.has(operator)) this.outlines.add(operator, operands.map(numberOf));
    if (operator === 'Tr') this.#renderText(operands);
    else if (this.isClippedByText && ENDS_PATH.has(operator)) super.plainOperation('n', []);
    else if (operator === 'cm') this.#concatenate(operands.map(numberOf) as unknown as Matrix);
    else if (this.#filter === undefined) super.plainOperation(operator, operands);
    else if (BUILDS_PATH.has(operator)) this.#build(operator, operands.map(numberOf));
    else if (operator === 'W' || operator === 'W*') this.#clips = operator;
    else if (ENDS_PATH.has(operator)) this.#endPath(operator, this.#filter);
    else super.plainOperation(operator, operands);
  }

  /** Text that only clips is filled instead. */
  #renderText([mode]: readonly Operand[]): void {
    const wanted = numberOf(mode);
    const willClip = wanted >= CLIPPING_MODE;
    this.#state = { ...this.#state, willClip };
    const shown = wanted === ONLY_CLIPPING_MODE ? 0 : wanted - CLIPPING_MODE;
    this.writer.write(`${willClip ? shown : wanted} Tr`);
  }

  #concatenate(matrix: Matrix): void {
    this.writer.write(`${matrix.map(decimal).join(' ')} cm`);
    this.#state = { ...this.#state, matrix: times(matrix, this.#state.matrix) };
  }

  #build(operator: string, numbers: readonly number[]): void {
    this.#path.push([...numbers.map(decimal), operator].join(' '));
    this.#filter?.add(operator, numbers);
  }

  /** What clips stays whole: it shows nothing. What is painted besides is painted first, since clipping takes effect after. */
  #endPath(operator: string, filter: PathFilter): void {
    const kept = filter.take(this.#state.matrix);
    if (kept !== '' && operator !== 'n') this.writer.write(`${kept}\n${operator}`);
    if (this.#clips !== '') this.writer.write(`${this.#path.join('\n')}\n${this.#clips} n`);
    this.#path = [];
    this.#clips = '';
  }
}
