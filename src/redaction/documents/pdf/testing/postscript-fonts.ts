import { advanceOf, blocksOf } from './glyph-shapes.js';

const FIRST_STANDARD_STRING = 31;
const OPERATORS = { rlineto: 5, rmoveto: 21, endchar: 14, hsbw: 13, closepath: 9 } as const;

/** Names of the characters that texts of the tests are made of (Adobe Glyph List). */
const GLYPH_NAMES: Readonly<Record<string, string>> = { ' ': 'space', '.': 'period', ',': 'comma' };
export const glyphName = (character: string): string => GLYPH_NAMES[character] ?? character;

/**
 * A bare CFF font program, as `FontFile3` of subtype `Type1C` has it, under the standard encoding (Adobe Technical Note
 * 5176). ASCII only: there a standard string's number is the code less 31.
 */
export function bareCff(alphabet: readonly string[]): Buffer {
  const header = Buffer.from([1, 0, 4, 1]);
  const names = cffIndex([Buffer.from('Tiny')]);
  const empty = cffIndex([]);
  const charset = Buffer.concat([
    Buffer.from([0]),
    ...alphabet.map((character) => word(character.charCodeAt(0) - FIRST_STANDARD_STRING)),
  ]);
  const charStrings = cffIndex([
    Buffer.from([OPERATORS.endchar]),
    ...alphabet.map((character) =>
      Buffer.concat([...cffNumber(advanceOf(character)), ...cffShape(character)]),
    ),
  ]);
  // Widths are written as differences to the nominal one, which is 0.
  const privateDict = Buffer.concat([dictNumber(0), Buffer.from([21])]);
  const dict = (base: number) =>
    Buffer.concat([
      dictNumber(base),
      Buffer.from([15]),
      dictNumber(base + charset.length),
      Buffer.from([17]),
      dictNumber(privateDict.length),
      dictNumber(base + charset.length + charStrings.length),
      Buffer.from([18]),
    ]);
  const base = header.length + names.length + cffIndex([dict(0)]).length + empty.length * 2;
  const top = cffIndex([dict(base)]);
  return Buffer.concat([header, names, top, empty, empty, charset, charStrings, privateDict]);
}

const word = (value: number) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const cffNumber = (value: number) => [Buffer.from([28]), word(value)];
const dictNumber = (value: number) => {
  const bytes = Buffer.alloc(5);
  bytes[0] = 29;
  bytes.writeInt32BE(value, 1);
  return bytes;
};

function cffIndex(items: readonly Buffer[]): Buffer {
  if (items.length === 0) return word(0);
  let offset = 1;
  const offsets = [word(offset)];
  for (const item of items) {
    offset += item.length;
    offsets.push(word(offset));
  }
  return Buffer.concat([word(items.length), Buffer.from([2]), ...offsets, ...items]);
}

/** Blocks drawn one from where the last one began; `number` writes an operand. */
function shape(character: string, number: (value: number) => Buffer[], close: Buffer): Buffer[] {
  let [atX, atY] = [0, 0];
  const step = (dx: number, dy: number, operator: number) => [
    ...number(dx),
    ...number(dy),
    Buffer.from([operator]),
  ];
  return blocksOf(character).flatMap(({ x, y, width, height }) => {
    const drawn = [
      ...step(x - atX, y - atY, OPERATORS.rmoveto),
      ...step(0, height, OPERATORS.rlineto),
      ...step(width, 0, OPERATORS.rlineto),
      ...step(0, -height, OPERATORS.rlineto),
      close,
    ];
    [atX, atY] = [x + width, y];
    return drawn;
  });
}

const cffShape = (character: string) => [
  ...shape(character, cffNumber, Buffer.alloc(0)),
  Buffer.from([OPERATORS.endchar]),
];

/** A Type 1 font program with the lengths of its parts, as `FontFile` has it (Adobe Type 1 Font Format). */
export function typeOne(alphabet: readonly string[]): {
  program: Buffer;
  lengths: readonly [number, number, number];
} {
  const clear = Buffer.from(
    '%!PS-AdobeFont-1.0: Tiny\n11 dict begin\n/FontName /Tiny def\n/PaintType 0 def\n/FontType 1 def\n' +
      '/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/Encoding StandardEncoding def\n' +
      '/FontBBox {0 0 600 800} readonly def\ncurrentdict end\ncurrentfile eexec\n',
    'latin1',
  );
  const procedures: [string, Buffer][] = [
    ['.notdef', typeOneShape(' ')],
    ...alphabet.map((character): [string, Buffer] => [glyphName(character), typeOneShape(character)]),
  ];
  const glyphs = procedures.flatMap(([name, code]) => [
    Buffer.from(`/${name} ${code.length} RD `, 'latin1'),
    code,
    Buffer.from(' ND\n', 'latin1'),
  ]);
  const secret = Buffer.concat([
    Buffer.from(
      'dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n' +
        '/ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n/BlueValues [] def\n' +
        '/MinFeature {16 16} def\n/password 5839 def\n/lenIV 4 def\n/Subrs 0 array\n' +
        `2 index /CharStrings ${procedures.length} dict dup begin\n`,
      'latin1',
    ),
    ...glyphs,
    Buffer.from(
      'end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n',
    ),
  ]);
  const sealed = typeOneCipher(secret, 55_665);
  const end = Buffer.from(`${`${'0'.repeat(64)}\n`.repeat(8)}cleartomark\n`, 'latin1');
  return { program: Buffer.concat([clear, sealed, end]), lengths: [clear.length, sealed.length, end.length] };
}

const typeOneNumber = (value: number) => {
  const bytes = Buffer.alloc(5);
  bytes[0] = 255;
  bytes.writeInt32BE(value, 1);
  return [bytes];
};

function typeOneShape(character: string): Buffer {
  const code = Buffer.concat([
    ...typeOneNumber(0),
    ...typeOneNumber(advanceOf(character)),
    Buffer.from([OPERATORS.hsbw]),
    ...shape(character, typeOneNumber, Buffer.from([OPERATORS.closepath])),
    Buffer.from([OPERATORS.endchar]),
  ]);
  return typeOneCipher(code, 4_330);
}

/** The format's own cipher, whose keys are public; four bytes go before what it hides. */
function typeOneCipher(plain: Buffer, key: number): Buffer {
  let state = key;
  return Buffer.concat([Buffer.from('Tiny'), plain]).map((byte) => {
    const cipher = byte ^ (state >> 8);
    state = ((cipher + state) * 52_845 + 22_719) & 0xffff;
    return cipher;
  }) as Buffer;
}
