/**
 * A token is `TYPE-` and a code in Crockford's base32 (no I, L, O, U), in capitals: ten characters (50 bits) say whose
 * it is, at least six more (30 bits) how it was spelled. So the spellings of one value begin alike.
 *
 * Among n values of one type in one scope, two begin alike by chance with a probability of n² / 2^51: 4·10⁻⁶ for
 * 10⁵ values, 4·10⁻⁴ for 10⁶. Nothing depends on it: erasing compares whole digests. Two codes would be the same
 * with n² / 2^81: 4·10⁻¹³ for 10⁶ values; the second one then becomes longer, so that every token has one meaning.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const IDENTITY_LENGTH = 10;
const TAG_LENGTH = 6;

/** Characters that a collision adds; a code has 16, 20, 24, … up to 60. */
export const LENGTHENING = 4;
const SHORTEST_CODE = IDENTITY_LENGTH + TAG_LENGTH;
const LONGEST_CODE = 60;
const LONGEST_TYPE = 64;

/**
 * U+2060 WORD JOINER, invisible: stands between a token and a letter, digit or joiner that it would touch, since its
 * borders could not be told otherwise.
 */
export const JOINER = '\u2060';

// Without the flag u no other letter counts as one of these: the long s has a capital S.
const CODE = /^[0-9A-HJKMNP-TV-Z]+$/i;
const TOKEN = /^([A-Z][A-Z0-9_]*)-([0-9A-HJKMNP-TV-Z]+)$/i;

/** What a token says: its type in the form clients see, and its code in capitals. */
export interface Token {
  readonly type: string;
  readonly code: string;
}

export const formatToken = ({ type, code }: Token): string => `${type.toUpperCase()}-${code}`;

const hasCodeLength = ({ length }: string): boolean =>
  length >= SHORTEST_CODE && length <= LONGEST_CODE && (length - SHORTEST_CODE) % LENGTHENING === 0;

/** The code in capitals, or undefined when the text cannot be one; only case is tolerated. */
export function readCode(text: string): string | undefined {
  return hasCodeLength(text) && CODE.test(text) ? text.toUpperCase() : undefined;
}

/** A token in capitals, taken apart; undefined when the text is none. */
export function parseToken(text: string): Token | undefined {
  const [, type = '', code = ''] = TOKEN.exec(text) ?? [];
  if (type === '' || type.length > LONGEST_TYPE || !hasCodeLength(code)) return undefined;
  return { type: type.toUpperCase(), code: code.toUpperCase() };
}

/**
 * The code of a value's two digests of 32 bytes.
 * @param lengthened how many times it has collided before
 * @throws RangeError when no longer code exists
 */
export function codeOf(identity: Buffer, spelling: Buffer, lengthened = 0): string {
  const tag = TAG_LENGTH + lengthened * LENGTHENING;
  if (IDENTITY_LENGTH + tag > LONGEST_CODE) throw new RangeError('a token cannot be made longer');
  return base32(identity, IDENTITY_LENGTH) + base32(spelling, tag);
}

/** The first characters of bytes in Crockford's base32, five bits each, highest first. */
function base32(bytes: Buffer, length: number): string {
  let text = '';
  let held = 0;
  let bits = 0;
  let next = 0;
  while (text.length < length) {
    if (bits < 5) {
      held = ((held << 8) | (bytes[next++] ?? 0)) & 0xfff;
      bits += 8;
    }
    bits -= 5;
    text += ALPHABET[(held >> bits) & 31];
  }
  return text;
}
