import { advanceOf } from './glyph-shapes.js';
import type { PdfBuilder } from './page.js';
import { bareCff, glyphName, typeOne } from './postscript-fonts.js';
import { trueType } from './truetype.js';

const MOST_PER_BLOCK = 100;
const DESCRIPTOR =
  '/Type /FontDescriptor /Flags 4 /FontBBox [0 0 600 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80';

const hex = (value: number, digits = 4) => value.toString(16).toUpperCase().padStart(digits, '0');

const unicodeHex = (character: string) =>
  [...Buffer.from(character, 'utf16le').swap16()].map((byte) => hex(byte, 2)).join('');

/** Codes to characters (Adobe Technical Note 5411). */
function toUnicode({ pdf }: PdfBuilder, codes: readonly (readonly [string, string])[], bytes: 1 | 2): number {
  const top = 'F'.repeat(bytes * 2);
  const blocks: string[] = [];
  for (let at = 0; at < codes.length; at += MOST_PER_BLOCK) {
    const part = codes.slice(at, at + MOST_PER_BLOCK);
    const lines = part.map(([code, character]) => `<${code}> <${unicodeHex(character)}>`);
    blocks.push(`${part.length} beginbfchar\n${lines.join('\n')}\nendbfchar`);
  }
  return pdf.addStream(
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n/CMapType 2 def\n' +
      `1 begincodespacerange\n<${'0'.repeat(bytes * 2)}> <${top}>\nendcodespacerange\n${blocks.join('\n')}\n` +
      'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n',
    { flate: true },
  );
}

/** A font in a file, and how text is written in it. */
export interface EmbeddedFont {
  readonly font: number;
  /** A string of a content stream. */
  readonly encode: (text: string) => string;
}

/** A composite font by glyph numbers, or by codes of its own that a CMap turns into them. */
export function compositeFont(
  builder: PdfBuilder,
  alphabet: readonly string[],
  ownCodes = false,
): EmbeddedFont {
  const { pdf } = builder;
  const glyphOf = new Map(alphabet.map((character, index) => [character, index + 1]));
  const codeOf = (character: string) => {
    const glyph = glyphOf.get(character) ?? 0;
    return hex(ownCodes ? 0x3000 + glyph : glyph);
  };
  const file = pdf.addStream(trueType(alphabet), { flate: true });
  const descriptor = pdf.add(`<< ${DESCRIPTOR} /FontName /ABCDEF+Tiny /FontFile2 ${file} 0 R >>`);
  const descendant = pdf.add(
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Tiny /CIDToGIDMap /Identity ' +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ' +
      `/FontDescriptor ${descriptor} 0 R /DW 500 /W [1 [${alphabet.map(advanceOf).join(' ')}]] >>`,
  );
  const unicode = toUnicode(
    builder,
    alphabet.map((character) => [codeOf(character), character]),
    2,
  );
  const encoding = ownCodes ? `${ownCmap(builder, alphabet.length)} 0 R` : '/Identity-H';
  const font = pdf.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Tiny /Encoding ${encoding} ` +
      `/DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
  );
  return { font, encode: (text) => `<${[...text].map(codeOf).join('')}>` };
}

/** Codes from 0x3001 on are glyphs from 1 on. */
function ownCmap({ pdf }: PdfBuilder, glyphs: number): number {
  return pdf.addStream(
    '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n' +
      '/Registry (Adobe) def\n/Ordering (Identity) def\n/Supplement 0 def\nend def\n/CMapName /Shifted def\n' +
      '/CMapType 1 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n' +
      `1 begincidrange\n<3001> <${hex(0x3000 + glyphs)}> 1\nendcidrange\nendcmap\n` +
      'CMapName currentdict /CMap defineresource pop\nend\nend\n',
    {
      entries:
        '/Type /CMap /CMapName /Shifted /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>',
    },
  );
}

type Program = 'TrueType' | 'Type1C' | 'Type1';

/** A font of one byte a character: each has the code of ASCII. */
export function simpleFont(builder: PdfBuilder, alphabet: readonly string[], program: Program): EmbeddedFont {
  const { pdf } = builder;
  const sorted = [...alphabet].sort();
  const codes = sorted.map((character) => character.charCodeAt(0));
  const [first = 0, last = 0] = [codes[0], codes.at(-1)];
  const widths = Array.from({ length: last - first + 1 }, (_, index) => {
    const character = String.fromCharCode(first + index);
    return alphabet.includes(character) ? advanceOf(character) : 0;
  });
  const flags = program === 'TrueType' ? DESCRIPTOR : DESCRIPTOR.replace('/Flags 4', '/Flags 32');
  const descriptor = pdf.add(
    `<< ${flags} /FontName /ABCDEF+Tiny ${fontProgram(builder, alphabet, program)} >>`,
  );
  const unicode = toUnicode(
    builder,
    alphabet.map((character) => [hex(character.charCodeAt(0), 2), character]),
    1,
  );
  const differences = codes.map((code, index) => `${code} /${glyphName(sorted[index] ?? '')}`).join(' ');
  const encoding =
    program === 'TrueType' ? '' : `/Encoding << /Type /Encoding /Differences [${differences}] >>`;
  const font = pdf.add(
    `<< /Type /Font /Subtype /${program === 'TrueType' ? 'TrueType' : 'Type1'} /BaseFont /ABCDEF+Tiny ` +
      `/FirstChar ${first} /LastChar ${last} /Widths [${widths.join(' ')}] ${encoding} ` +
      `/FontDescriptor ${descriptor} 0 R /ToUnicode ${unicode} 0 R >>`,
  );
  return { font, encode: (text) => `<${Buffer.from(text, 'latin1').toString('hex')}>` };
}

function fontProgram({ pdf }: PdfBuilder, alphabet: readonly string[], program: Program): string {
  if (program === 'TrueType')
    return `/FontFile2 ${pdf.addStream(trueType(alphabet, true), { flate: true })} 0 R`;
  if (program === 'Type1C') {
    const file = pdf.addStream(bareCff(alphabet), { flate: true, entries: '/Subtype /Type1C' });
    return `/FontFile3 ${file} 0 R`;
  }
  const { program: bytes, lengths } = typeOne(alphabet);
  const entries = lengths.map((length, index) => `/Length${index + 1} ${length}`).join(' ');
  return `/FontFile ${pdf.addStream(bytes, { flate: true, entries })} 0 R`;
}
