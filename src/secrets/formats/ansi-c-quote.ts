const ESCAPE =
  /\\(?:([abeEfnrtv\\'"?])|([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.))/gs;

const LETTERS: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const HIGHEST_CODE_POINT = 0x10_ff_ff;
const CONTROL = 0x1f;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function bytesOf(match: RegExpMatchArray): Uint8Array {
  const [, letter, octal, hex, short, long, control] = match;
  if (letter !== undefined) return Buffer.from(LETTERS[letter] ?? letter);
  if (octal !== undefined) return Uint8Array.of(Number.parseInt(octal, 8));
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  if (control !== undefined) return Uint8Array.of((control.codePointAt(0) ?? 0) & CONTROL);
  const point = Number.parseInt(short ?? long ?? '', 16);
  return point <= HIGHEST_CODE_POINT ? Buffer.from(String.fromCodePoint(point)) : Uint8Array.of(0xff);
}

/**
 * What bash makes of `$'…'`.
 * @param content between the quotation marks
 * @returns undefined when it is no UTF-8 text
 */
export function decodeAnsiC(content: string): string | undefined {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const match of content.matchAll(ESCAPE)) {
    parts.push(Buffer.from(content.slice(position, match.index)), bytesOf(match));
    position = match.index + match[0].length;
  }
  parts.push(Buffer.from(content.slice(position)));
  try {
    return utf8.decode(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}
