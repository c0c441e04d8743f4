import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';

/** What the fonts of a file tell about texts that it once held. */
export interface FontResidue {
  /** Characters that `ToUnicode` maps codes to. */
  readonly mapped: ReadonlySet<string>;
  /** Outlines in each embedded TrueType program. */
  readonly outlines: readonly number[];
}

/** Objects that nothing refers to, by number: what was left behind in a file and is still in it. */
export async function orphansOf(bytes: Uint8Array): Promise<number[]> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const reached = new Set<number>();
  const visit = (object: PDFObject | undefined): void => {
    if (object instanceof PDFRef) {
      if (reached.has(object.objectNumber)) return;
      reached.add(object.objectNumber);
      visit(context.lookup(object));
    } else if (object instanceof PDFStream) visit(object.dict);
    else if (object instanceof PDFDict) for (const value of object.values()) visit(value);
    else if (object instanceof PDFArray) for (const value of object.asArray()) visit(value);
  };
  const { Root, Info, Encrypt } = context.trailerInfo;
  for (const start of [Root, Info, Encrypt]) visit(start);
  return context
    .enumerateIndirectObjects()
    .filter(([, object]) => !isOfTheFile(object))
    .map(([{ objectNumber }]) => objectNumber)
    .filter((number) => !reached.has(number));
}

/** Streams that the file itself is made of: those that hold other objects, and the table of all. */
const isOfTheFile = (object: PDFObject): boolean =>
  object instanceof PDFStream &&
  ['/ObjStm', '/XRef'].includes(String(object.dict.lookup(PDFName.of('Type'))));

export async function fontResidueOf(bytes: Uint8Array): Promise<FontResidue> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const mapped = new Set<string>();
  const outlines: number[] = [];
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue;
    const unicode = streamOf(object, 'ToUnicode');
    if (unicode) for (const character of charactersOfCMap(unicode.toString('latin1'))) mapped.add(character);
    const program = streamOf(object, 'FontFile2');
    if (program) outlines.push(outlinesOf(program));
  }
  return { mapped, outlines };
}

function streamOf(dictionary: PDFDict, key: string): Buffer | undefined {
  const stream = dictionary.lookup(PDFName.of(key));
  return stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()) : undefined;
}

/** Whatever a CMap maps codes to: single ones, ranges from a first one on, and ranges spelled out. */
function charactersOfCMap(source: string): string[] {
  const characters: string[] = [];
  for (const [, block = ''] of source.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, to = ''] of block.matchAll(/<[^>]*>\s*<([^>]*)>/g)) characters.push(...decoded(to));
  for (const [, block = ''] of source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', last = '', list, to = ''] of block.matchAll(
      /<([^>]*)>\s*<([^>]*)>\s*(?:\[([^\]]*)\]|<([^>]*)>)/g,
    )) {
      if (list !== undefined)
        for (const [, one = ''] of list.matchAll(/<([^>]*)>/g)) characters.push(...decoded(one));
      const length = Number.parseInt(last, 16) - Number.parseInt(from, 16) + 1;
      const first = decoded(to).at(-1)?.codePointAt(0);
      if (first === undefined) continue;
      for (let step = 0; step < length; step++) characters.push(String.fromCodePoint(first + step));
    }
  }
  return characters;
}

const decoded = (hex: string): string[] => {
  const bytes = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  return bytes.length % 2 === 0 ? [...bytes.swap16().toString('utf16le')] : [];
};

/** Glyphs that are not empty: each is as long as its two entries of `loca` are apart. */
function outlinesOf(font: Buffer): number {
  const tables = new Map<string, number>();
  const lengths = new Map<string, number>();
  for (let entry = 0; entry < font.readUInt16BE(4); entry++) {
    const at = 12 + entry * 16;
    const tag = font.toString('latin1', at, at + 4);
    tables.set(tag, font.readUInt32BE(at + 8));
    lengths.set(tag, font.readUInt32BE(at + 12));
  }
  const loca = tables.get('loca') ?? 0;
  const isLong = font.readInt16BE((tables.get('head') ?? 0) + 50) === 1;
  const size = isLong ? 4 : 2;
  const count = (lengths.get('loca') ?? 0) / size - 1;
  const offset = (glyph: number) =>
    isLong ? font.readUInt32BE(loca + glyph * 4) : font.readUInt16BE(loca + glyph * 2);
  let outlines = 0;
  for (let glyph = 0; glyph < count; glyph++) if (offset(glyph + 1) > offset(glyph)) outlines++;
  return outlines;
}
