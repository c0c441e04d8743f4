import { type Operand, readContent } from '../content/content-reader.js';

/** Character codes and what they mean, as hexadecimal UTF-16. */
export type Meanings = ReadonlyMap<number, string>;

const MOST_CODES = 65_536;

/** Reads a ToUnicode CMap (ISO 32000-1, 9.10.3). */
export function readToUnicode(text: string): Map<number, string> {
  const meanings = new Map<number, string>();
  readContent(
    text,
    (operator, operands) => {
      if (operator === 'endbfchar') readCharacters(operands, meanings);
      else if (operator === 'endbfrange') readRanges(operands, meanings);
    },
    MOST_CODES * 4,
  );
  return meanings;
}

/** @param width bytes of a code */
export function writeToUnicode(meanings: Meanings, width: 1 | 2): string {
  const code = (value: number) =>
    `<${value
      .toString(16)
      .padStart(width * 2, '0')
      .toUpperCase()}>`;
  const lines = [...meanings].sort(([a], [b]) => a - b).map(([from, to]) => `${code(from)} <${to}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar');
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    `${code(0)} ${code(256 ** width - 1)}`,
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n');
}

function readCharacters(operands: readonly Operand[], meanings: Map<number, string>): void {
  const strings = operands.filter((operand) => operand.kind === 'string');
  for (let at = 0; at + 1 < strings.length; at += 2) {
    const to = hexOf(strings[at + 1]);
    if (to !== undefined) meanings.set(codeOf(strings[at]), to);
  }
}

function readRanges(operands: readonly Operand[], meanings: Map<number, string>): void {
  for (let at = 0; at + 2 < operands.length; at += 3) {
    const first = codeOf(operands[at]);
    const last = Math.min(codeOf(operands[at + 1]), first + MOST_CODES);
    const to = operands[at + 2];
    for (let code = first; code <= last; code++) {
      const meaning =
        to !== undefined && 'items' in to ? hexOf(to.items[code - first]) : shifted(hexOf(to), code - first);
      if (meaning !== undefined) meanings.set(code, meaning);
    }
  }
}

const hexOf = (operand: Operand | undefined): string | undefined =>
  operand?.kind === 'string' && operand.raw.startsWith('<') ? operand.raw.slice(1, -1) : undefined;

const codeOf = (operand: Operand | undefined): number => Number.parseInt(hexOf(operand) || '0', 16);

/** The last unit counts up. */
function shifted(hex: string | undefined, by: number): string | undefined {
  if (hex === undefined) return undefined;
  const last = Number.parseInt(hex.slice(-4) || '0', 16) + by;
  return hex.slice(0, -4) + (last & 0xffff).toString(16).padStart(Math.min(4, hex.length), '0');
}
