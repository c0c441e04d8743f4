import { deflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream, type PDFRef } from '@cantoo/pdf-lib';
import { decodedText, decodeStream } from '../content/stream-decoding.js';
import type { PageBuilder } from '../structure/page-builder.js';
import {
  arrayIn,
  asDict,
  dictIn,
  itemsIn,
  name,
  nameIn,
  numberIn,
  refIn,
  streamIn,
  valueIn,
} from '../structure/pdf-objects.js';
import { prunedWidths } from './cid-widths.js';
import { prunedProgram, UsedGlyphs } from './font-program.js';
import { UsedCodes } from './font-usage.js';
import { meaningsOfByte, unicodeOfName } from './glyph-names.js';
import { HarfbuzzSubset } from './harfbuzz-subset.js';
import { readToUnicode, writeToUnicode } from './to-unicode.js';

const PROGRAM_LIMIT = 64 * 1024 * 1024;
/** A tag in front of a name says that a font holds only what the document once showed (ISO 32000-1, 9.6.4). */
const SUBSET_TAG = /^[A-Z]{6}\+/;

export interface PruningResult {
  readonly pruned: number;
  /** Fonts that still tell which letters the document once showed. */
  readonly unpruned: number;
}

/**
 * Takes out of a document's fonts whatever belongs to letters that it does not show any more: meanings of codes, names,
 * widths, outlines. Else a font spells the letters of what was removed.
 */
export async function pruneFonts(builder: PageBuilder): Promise<PruningResult> {
  const pruning = new FontPruning(builder, await HarfbuzzSubset.load());
  const fonts = [...builder.usage.entries()].flatMap(([ref, used]) => {
    const font = builder.context.lookup(ref);
    return font instanceof PDFDict ? [{ font, used }] : [];
  });
  for (const { font, used } of fonts) pruning.note(font, used);
  for (const { font, used } of fonts) pruning.prune(font, used);
  pruning.pruneDescendants();
  return pruning.end();
}

class FontPruning {
  /** What is shown of composite fonts, which may have their glyphs in common. */
  readonly #descendants = new Map<PDFDict, UsedCodes>();
  readonly #programs = new Map<PDFRef, UsedGlyphs>();
  readonly #kept = new Set<PDFRef>();
  /** Composite fonts whose codes are not glyph numbers. */
  readonly #whole = new Set<PDFDict>();
  #unpruned = 0;

  constructor(
    readonly builder: PageBuilder,
    readonly harfbuzz: HarfbuzzSubset,
  ) {}

  note(font: PDFDict, used: UsedCodes): void {
    const descendant = descendantOf(font);
    if (descendant === undefined) return;
    const all = this.#descendants.get(descendant) ?? new UsedCodes();
    all.addAll(used);
    this.#descendants.set(descendant, all);
    if (!isIdentity(font)) this.#whole.add(descendant);
  }

  pruneDescendants(): void {
    for (const [descendant, used] of this.#descendants) {
      if (!this.#whole.has(descendant)) this.#descendant(descendant, used);
    }
  }

  prune(font: PDFDict, used: UsedCodes): void {
    const subtype = nameIn(font, 'Subtype');
    if (subtype === 'Type0') this.#composite(font, used);
    else {
      const meanings = this.#meanings(font, used, 1);
      const names = pruneSimple(font, used);
      if (subtype === 'Type3') pruneGlyphs(font, names);
      else this.#simpleProgram(font, used, meanings, names);
    }
  }

  end(): PruningResult {
    let pruned = 0;
    for (const [ref, used] of this.#programs) {
      if (this.#kept.has(ref)) continue;
      const stream = this.builder.context.lookup(ref);
      if (!(stream instanceof PDFRawStream)) continue;
      const { bytes, left } = decodeStream(stream, PROGRAM_LIMIT);
      const program = left.length > 0 ? undefined : prunedProgram(bytes, used, this.harfbuzz);
      if (program === undefined) this.#unpruned++;
      else {
        this.builder.context.assign(ref, this.#stream(program, { Length1: program.length }));
        pruned++;
      }
    }
    return { pruned, unpruned: this.#unpruned };
  }

  #composite(font: PDFDict, used: UsedCodes): void {
    const descendant = descendantOf(font);
    if (isIdentity(font)) this.#meanings(font, used, 2);
    const program = refIn(dictIn(descendant, 'FontDescriptor'), 'FontFile2');
    const whole = descendant === undefined || this.#whole.has(descendant) || program === undefined;
    if (whole) this.#keep(font, descendant);
  }

  #descendant(descendant: PDFDict, used: UsedCodes): void {
    pruneWidths(descendant, used);
    const program = refIn(dictIn(descendant, 'FontDescriptor'), 'FontFile2');
    if (program === undefined) return;
    const glyphs = this.#programs.get(program) ?? new UsedGlyphs();
    this.#programs.set(program, glyphs);
    const map = this.#glyphMap(descendant, used);
    for (const code of used.list(2)) glyphs.glyphs.add(map === undefined ? code : glyphAt(map, code));
  }

  /** CIDToGIDMap, rewritten without entries for codes that are not shown. */
  #glyphMap(descendant: PDFDict, used: UsedCodes): Uint8Array | undefined {
    const stream = streamIn(descendant, 'CIDToGIDMap');
    if (stream === undefined) return undefined;
    const { bytes } = decodeStream(stream);
    const map = bytes.slice();
    for (let code = 0; code * 2 + 1 < map.length; code++) {
      if (!used.has(code, 2)) map.fill(0, code * 2, code * 2 + 2);
    }
    descendant.set(name('CIDToGIDMap'), this.builder.context.register(this.#stream(map)));
    return map;
  }

  #simpleProgram(
    font: PDFDict,
    used: UsedCodes,
    meanings: ReadonlyMap<number, string>,
    names: ReadonlyMap<number, string>,
  ): void {
    const program = refIn(dictIn(font, 'FontDescriptor'), 'FontFile2');
    const unknown = [...names.values()].some((glyph) => unicodeOfName(glyph) === undefined);
    if (program === undefined || unknown) {
      this.#keep(font, font);
      return;
    }
    const glyphs = this.#programs.get(program) ?? new UsedGlyphs();
    this.#programs.set(program, glyphs);
    for (const code of used.list(1)) {
      const named = unicodeOfName(names.get(code) ?? '');
      const meant = Number.parseInt(meanings.get(code)?.slice(0, 4) ?? '', 16);
      const points = [...meaningsOfByte(code), named ?? Number.NaN, meant].filter(Number.isInteger);
      glyphs.addCode(code, points);
    }
  }

  /** A font whose program stays whole. */
  #keep(font: PDFDict, holder: PDFDict | undefined): void {
    const descriptor = dictIn(holder, 'FontDescriptor');
    for (const key of ['FontFile', 'FontFile2', 'FontFile3']) {
      const program = refIn(descriptor, key);
      if (program === undefined) continue;
      this.#kept.add(program);
      if (SUBSET_TAG.test(nameIn(font, 'BaseFont') ?? '')) this.#unpruned++;
    }
  }

  #meanings(font: PDFDict, used: UsedCodes, width: 1 | 2): Map<number, string> {
    const stream = streamIn(font, 'ToUnicode');
    if (stream === undefined) return new Map();
    const all = readToUnicode(decodedText(stream));
    const meanings = new Map([...all].filter(([code]) => used.has(code, width)));
    const text = Buffer.from(writeToUnicode(meanings, width), 'latin1');
    font.set(name('ToUnicode'), this.builder.context.register(this.#stream(text)));
    return meanings;
  }

  #stream(bytes: Uint8Array, more: Record<string, number> = {}): PDFRawStream {
    return PDFRawStream.of(this.builder.context.obj({ Filter: 'FlateDecode', ...more }), deflateSync(bytes));
  }
}

const glyphAt = (map: Uint8Array, code: number): number =>
  ((map[code * 2] ?? 0) << 8) | (map[code * 2 + 1] ?? 0);

const descendantOf = (font: PDFDict): PDFDict | undefined => asDict(itemsIn(font, 'DescendantFonts')[0]);

const isIdentity = (font: PDFDict): boolean => (nameIn(font, 'Encoding') ?? '').startsWith('Identity-');

/** Widths and names of a simple font for the codes that are shown; their names. */
function pruneSimple(font: PDFDict, used: UsedCodes): Map<number, string> {
  const first = numberIn(font, 'FirstChar') ?? 0;
  const widths = arrayIn(font, 'Widths');
  if (widths !== undefined) {
    const kept = widths
      .asArray()
      .map((width, index) => (used.has(first + index, 1) ? width : PDFNumber.of(0)));
    font.set(name('Widths'), font.context.obj(kept));
  }
  return pruneNames(font, used);
}

function pruneNames(font: PDFDict, used: UsedCodes): Map<number, string> {
  const names = new Map<number, string>();
  const encoding = valueIn(font, 'Encoding');
  const differences = encoding instanceof PDFDict ? itemsIn(encoding, 'Differences') : [];
  let code = 0;
  for (const item of differences) {
    if (item instanceof PDFNumber) code = item.asNumber();
    else if (item instanceof PDFName) {
      if (used.has(code, 1)) names.set(code, item.decodeText());
      code++;
    }
  }
  if (encoding instanceof PDFDict && differences.length > 0) {
    const copy = PDFDict.fromMapWithContext(new Map(encoding.asMap()), font.context);
    const list = PDFArray.withContext(font.context);
    for (const [shown, glyph] of names) {
      list.push(PDFNumber.of(shown));
      list.push(name(glyph));
    }
    copy.set(name('Differences'), list);
    font.set(name('Encoding'), copy);
  }
  return names;
}

/** Glyphs of a Type 3 font that are not shown. */
function pruneGlyphs(font: PDFDict, names: ReadonlyMap<number, string>): void {
  const shown = new Set(names.values());
  const glyphs = dictIn(font, 'CharProcs');
  for (const key of glyphs?.keys() ?? []) if (!shown.has(key.decodeText())) glyphs?.delete(key);
}

function pruneWidths(descendant: PDFDict, used: UsedCodes): void {
  const widths = arrayIn(descendant, 'W');
  if (widths === undefined) return;
  descendant.set(name('W'), descendant.context.obj(prunedWidths(widths, (code) => used.has(code, 2))));
}
