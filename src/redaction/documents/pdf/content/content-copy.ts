import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { asDict, dictIn, matrixIn, name, numberIn, streamIn, valueIn } from '../structure/pdf-objects.js';
import type { PlainCopy } from '../structure/plain-copy.js';
import { type ResourceKind, ResourceNames } from '../structure/resource-names.js';
import { type InlineImage, type Operand, readContent } from './content-reader.js';
import { nameOf } from './content-strings.js';
import { arrayText, type Budget, ContentWriter, numeral, operandsFor } from './content-writer.js';
import { type Matrix, times } from './matrix.js';
import { SHOWS_TEXT } from './operators.js';

/** Keys of graphics state parameters that draw on a screen (ISO 32000-1, table 58); Font and SMask are copied apart. */
const STATE_KEYS: ReadonlySet<string> = new Set([
  ...[
    'Type',
    'LW',
    'LC',
    'LJ',
    'ML',
    'D',
    'RI',
    'OP',
    'op',
    'OPM',
    'FL',
    'SM',
    'SA',
    'BM',
    'CA',
    'ca',
    'AIS',
    'TK',
  ],
]);
const DEVICE_SPACES: ReadonlySet<string> = new Set([
  'DeviceGray',
  'DeviceRGB',
  'DeviceCMYK',
  'Pattern',
  'G',
  'RGB',
  'CMYK',
]);
const DEFAULT_SPACES = ['DefaultGray', 'DefaultRGB', 'DefaultCMYK'];
const SHADING = 2;

/** Copies what draws by a content stream of its own and may hold no text: a pattern's tile, the group of a soft mask. */
export interface CopiesDrawings {
  copy(source: PDFStream, resources: PDFDict | undefined, matrix?: Matrix): PDFObject;
}

/**
 * Copies content from one document into another, operation by operation: what draws is kept, under new names of
 * resources; what only describes is left out; what is unknown is left out too.
 */
export abstract class ContentCopy {
  protected readonly names = new ResourceNames();
  protected readonly writer: ContentWriter;

  constructor(
    protected readonly plain: PlainCopy,
    protected readonly drawings: CopiesDrawings,
    budget: Budget,
  ) {
    this.writer = new ContentWriter(budget);
  }

  /** How the content's space lies in that of the page or form that it becomes part of. */
  protected abstract get base(): Matrix;
  /** Whether nothing may be painted, since text that is shown itself would clip it. */
  protected abstract get isClippedByText(): boolean;
  protected abstract showText(operator: string, operands: readonly Operand[]): void;
  protected abstract setFont(font: PDFDict, size: string): void;
  protected abstract drawImage(image: PDFStream): void;
  protected abstract drawForm(form: PDFStream, resources: PDFDict | undefined): void;
  protected abstract inlineImage(image: InlineImage, resources: PDFDict | undefined): void;

  protected run(text: string, resources: PDFDict | undefined): void {
    const floor = this.writer.depth;
    this.#keepDefaultSpaces(resources);
    readContent(text, (operator, operands, image) => {
      if (image !== undefined) return this.inlineImage(image, resources);
      const taken = operandsFor(operator, operands);
      if (taken !== undefined) this.#operation(operator, taken, resources, floor);
    });
    this.writer.endText();
    while (this.restore(floor));
  }

  protected save(): void {
    this.writer.save();
  }

  protected restore(floor: number): boolean {
    return this.writer.restore(floor);
  }

  /** An operation with numbers, strings and arrays alone. */
  protected plainOperation(operator: string, operands: readonly Operand[]): void {
    const texts = operands.map((operand) => {
      if (operand.kind === 'array') return arrayText(operand);
      return operand.kind === 'number' ? numeral(operand) : 'raw' in operand ? operand.raw : '';
    });
    this.writer.write([...texts, operator].join(' '));
  }

  #operation(
    operator: string,
    operands: readonly Operand[],
    resources: PDFDict | undefined,
    floor: number,
  ): void {
    if (SHOWS_TEXT.has(operator)) this.showText(operator, operands);
    else if (operator === 'q') this.save();
    else if (operator === 'Q') this.restore(floor);
    else if (operator === 'BT') this.writer.beginText();
    else if (operator === 'ET') this.writer.endText();
    else if (!this.#named(operator, operands, resources)) this.plainOperation(operator, operands);
  }

  /** Whether the operation was one that names a resource. */
  #named(operator: string, operands: readonly Operand[], resources: PDFDict | undefined): boolean {
    const last = operands.at(operator === 'Tf' ? 0 : -1);
    if (last?.kind !== 'name') return false;
    const called = nameOf(last.raw);
    const found = (kind: ResourceKind) => valueIn(dictIn(resources, kind), called);
    if (operator === 'Tf') this.#font(found('Font'), numeral(operands[1]));
    else if (operator === 'gs') this.#state(asDict(found('ExtGState')), resources);
    else if (operator === 'Do') this.#object(found('XObject'), resources);
    else if (operator === 'cs' || operator === 'CS')
      this.#space(operator, called, found('ColorSpace'), resources);
    else if (operator === 'sh') this.#shading(found('Shading'), resources);
    else if (operator === 'scn' || operator === 'SCN')
      this.#pattern(operator, operands, found('Pattern'), resources);
    else return false;
    return true;
  }

  #font(font: PDFObject | undefined, size: string): void {
    if (font instanceof PDFDict) this.setFont(font, size);
  }

  #object(object: PDFObject | undefined, resources: PDFDict | undefined): void {
    if (!(object instanceof PDFStream)) return;
    const subtype = valueIn(object.dict, 'Subtype');
    const kind = subtype instanceof PDFName ? subtype.decodeText() : '';
    if (kind === 'Image') this.drawImage(object);
    else if (kind === 'Form') this.drawForm(object, dictIn(object.dict, 'Resources') ?? resources);
    else throw new DocumentFailure('DOCUMENT_NOT_REDACTABLE');
  }

  #state(state: PDFDict | undefined, resources: PDFDict | undefined): void {
    if (state === undefined) return;
    const copy = this.plain.dict(state, STATE_KEYS);
    const mask = valueIn(state, 'SMask');
    if (mask instanceof PDFName) copy.set(name('SMask'), name('None'));
    else if (mask instanceof PDFDict) {
      const group = streamIn(mask, 'G');
      const soft = this.plain.dict(mask, new Set(['Type', 'S', 'BC', 'TR']));
      if (group !== undefined) soft.set(name('G'), this.drawings.copy(group, resources));
      copy.set(name('SMask'), soft);
    }
    this.writer.write(`${this.names.nameFor('ExtGState', this.plain.store.put(copy))} gs`);
    const font = valueIn(state, 'Font');
    if (!(font instanceof PDFArray)) return;
    const size = font.lookup(1);
    this.#font(font.lookup(0), size instanceof PDFNumber ? size.toString() : '0');
  }

  #space(
    operator: string,
    called: string,
    space: PDFObject | undefined,
    resources: PDFDict | undefined,
  ): void {
    if (space === undefined) {
      if (DEVICE_SPACES.has(called)) this.writer.write(`/${called} ${operator}`);
      return;
    }
    const copy = this.plain.value(space, resources ?? this.plain.dict(this.plain.store.context.obj({})));
    this.writer.write(`${this.names.nameFor('ColorSpace', copy)} ${operator}`);
  }

  #shading(shading: PDFObject | undefined, resources: PDFDict | undefined): void {
    if (shading === undefined || resources === undefined || this.isClippedByText) return;
    this.writer.write(`${this.names.nameFor('Shading', this.plain.value(shading, resources))} sh`);
  }

  #pattern(
    operator: string,
    operands: readonly Operand[],
    pattern: PDFObject | undefined,
    resources: PDFDict | undefined,
  ): void {
    const copy = this.#patternCopy(pattern, resources);
    if (copy === undefined) return;
    const components = operands.slice(0, -1).map(numeral);
    this.writer.write([...components, this.names.nameFor('Pattern', copy), operator].join(' '));
  }

  /** A pattern's matrix leads into the space of the content it is used in, which may have become part of another. */
  #patternCopy(pattern: PDFObject | undefined, resources: PDFDict | undefined): PDFObject | undefined {
    const dict = asDict(pattern);
    if (dict === undefined) return undefined;
    const matrix = times(matrixIn(dict), this.base);
    if (pattern instanceof PDFStream) return this.drawings.copy(pattern, resources, matrix);
    if (numberIn(dict, 'PatternType') !== SHADING) return undefined;
    const copy = this.plain.dict(dict, new Set(['Type', 'PatternType', 'Shading']));
    copy.set(name('Matrix'), this.plain.store.context.obj([...matrix]));
    return this.plain.store.put(copy);
  }

  #keepDefaultSpaces(resources: PDFDict | undefined): void {
    const spaces = dictIn(resources, 'ColorSpace');
    for (const key of DEFAULT_SPACES) {
      const space = spaces?.get(name(key));
      if (space !== undefined && spaces !== undefined) {
        this.names.set('ColorSpace', key, this.plain.value(space, spaces));
      }
    }
  }
}
