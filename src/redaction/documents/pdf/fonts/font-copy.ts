import { PDFArray, PDFDict, type PDFName, type PDFObject, type PDFRef, PDFStream } from '@cantoo/pdf-lib';
import { asDict, dictIn, name, nameIn, streamIn, valueIn } from '../structure/pdf-objects.js';
import type { PlainCopy } from '../structure/plain-copy.js';
import { collectionOf, renameComposite, renameFont } from './font-names.js';

/** Keys of fonts (ISO 32000-1, 9.6 and 9.7). Which letters a font has been cut down to (CharSet, CIDSet) is left out. */
const FONT_KEYS: ReadonlySet<string> = new Set([
  ...['Type', 'Subtype', 'BaseFont', 'FirstChar', 'LastChar', 'Widths', 'Encoding'],
  ...['FontBBox', 'FontMatrix', 'DW', 'W', 'DW2', 'W2', 'CIDToGIDMap'],
]);
const DESCRIPTOR_KEYS: ReadonlySet<string> = new Set([
  ...[
    'Type',
    'FontName',
    'FontStretch',
    'FontWeight',
    'Flags',
    'FontBBox',
    'ItalicAngle',
    'Ascent',
    'Descent',
  ],
  ...['Leading', 'CapHeight', 'XHeight', 'StemV', 'StemH', 'AvgWidth', 'MaxWidth', 'MissingWidth'],
]);
const PROGRAMS = ['FontFile', 'FontFile2', 'FontFile3'];
const PROGRAM_KEYS: ReadonlySet<string> = new Set(['Length1', 'Length2', 'Length3', 'Subtype']);

/** Copies the procedure of a Type 3 glyph. */
export type CopyGlyph = (glyph: PDFStream, resources: PDFDict | undefined) => PDFRef;

/** Copies fonts with what draws their glyphs and what says which characters these are. */
export class FontCopy {
  readonly #copied = new Map<PDFDict, PDFRef>();

  constructor(
    readonly plain: PlainCopy,
    readonly copyGlyph: CopyGlyph,
  ) {}

  copy(source: PDFDict): PDFRef {
    const known = this.#copied.get(source);
    if (known !== undefined) return known;
    const ref = this.plain.store.put(this.#font(source));
    this.#copied.set(source, ref);
    return ref;
  }

  #font(source: PDFDict): PDFDict {
    const font = this.plain.dict(source, FONT_KEYS);
    const descriptor = dictIn(source, 'FontDescriptor');
    const described = descriptor === undefined ? undefined : this.#descriptor(descriptor);
    renameFont(font, described);
    if (described !== undefined) font.set(name('FontDescriptor'), this.plain.store.put(described));
    const meanings = streamIn(source, 'ToUnicode');
    if (meanings !== undefined) font.set(name('ToUnicode'), this.plain.program(meanings));
    const collection = dictIn(source, 'CIDSystemInfo');
    if (collection !== undefined) font.set(name('CIDSystemInfo'), collectionOf(collection, font));
    const descendants = valueIn(source, 'DescendantFonts');
    if (descendants instanceof PDFArray)
      this.#descend(font, asDict(source.context.lookup(descendants.get(0))));
    if (nameIn(source, 'Subtype') === 'Type3') font.set(name('CharProcs'), this.#glyphs(source));
    return font;
  }

  #descend(font: PDFDict, source: PDFDict | undefined): void {
    const copies = PDFArray.withContext(font.context);
    const descendant = source === undefined ? undefined : this.#font(source);
    if (descendant !== undefined) copies.push(this.plain.store.put(descendant));
    font.set(name('DescendantFonts'), copies);
    renameComposite(font, descendant);
  }

  #descriptor(source: PDFDict): PDFDict {
    const descriptor = this.plain.dict(source, DESCRIPTOR_KEYS);
    for (const key of PROGRAMS) {
      const program = streamIn(source, key);
      if (program !== undefined) descriptor.set(name(key), this.plain.stream(program, PROGRAM_KEYS));
    }
    return descriptor;
  }

  #glyphs(source: PDFDict): PDFDict {
    const glyphs = new Map<PDFName, PDFObject>();
    const resources = dictIn(source, 'Resources');
    for (const [key, value] of dictIn(source, 'CharProcs')?.entries() ?? []) {
      const glyph = source.context.lookup(value);
      if (glyph instanceof PDFStream) glyphs.set(key, this.copyGlyph(glyph, resources));
    }
    return PDFDict.fromMapWithContext(glyphs, this.plain.store.context);
  }
}
