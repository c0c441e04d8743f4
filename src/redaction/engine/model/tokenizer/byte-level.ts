import type { AlignedText } from './aligned-text.js';

/** The words of GPT-2 (Radford et al., 2019): contractions, letters, digits, signs, each with one blank in front. */
export const GPT2_WORDS = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** A visible character for each byte, as GPT-2's vocabulary is written in: printable ones stand for themselves. */
const CHARACTERS = ((): readonly string[] => {
  const stands = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(stands(byte) ? byte : next++));
})();

const encoder = new TextEncoder();

/** A text by the bytes of its UTF-8 form; all bytes of a character come from the whole of it. */
export const asBytes = (text: AlignedText): AlignedText =>
  text.map((character) => Array.from(encoder.encode(character), (byte) => CHARACTERS[byte] ?? '').join(''));
