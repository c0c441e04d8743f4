import { Encodings } from '@cantoo/pdf-lib/standard-fonts';
import iconv from 'iconv-lite';

/** Unicode by glyph name, for the names of WinAnsiEncoding and those that spell their character out (Adobe Glyph List specification). */
const UNICODE_BY_NAME: ReadonlyMap<string, number> = new Map(
  Encodings.WinAnsi.supportedCodePoints.map((point: number) => [
    Encodings.WinAnsi.encodeUnicodeCodePoint(point).name,
    point,
  ]),
);

/** Undefined for names that say nothing. */
export function unicodeOfName(glyph: string): number | undefined {
  const known = UNICODE_BY_NAME.get(glyph);
  if (known !== undefined) return known;
  const spelled = /^(?:uni([0-9A-F]{4})|u([0-9A-F]{4,6}))$/.exec(glyph);
  const digits = spelled?.[1] ?? spelled?.[2];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** What a byte means in the encodings of simple fonts. */
export function meaningsOfByte(code: number): number[] {
  const byte = Buffer.from([code]);
  const texts = [iconv.decode(byte, 'windows1252'), iconv.decode(byte, 'macroman')];
  return texts.map((text) => text.codePointAt(0) ?? 0);
}

/** The byte of a character in MacRomanEncoding; undefined when it has none. */
export function macRomanByte(point: number): number | undefined {
  const text = String.fromCodePoint(point);
  const [byte = 0] = iconv.encode(text, 'macroman');
  return iconv.decode(Buffer.from([byte]), 'macroman') === text ? byte : undefined;
}
