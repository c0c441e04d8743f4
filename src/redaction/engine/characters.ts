/** Character classes of the scanner, indexed by UTF-16 code unit. */
export const OTHER = 0;
export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 3;
export const SIGN = 4;

const TABLE_SIZE = 0x2000;
const SIGNS = '@:=.-+(';

function classOfUnit(code: number): number {
  const character = String.fromCharCode(code);
  if (SIGNS.includes(character)) return SIGN;
  if (character >= '0' && character <= '9') return DIGIT;
  if (!/^[\p{L}\p{M}]$/u.test(character)) return OTHER;
  return character.toLowerCase() === character ? LOWER : UPPER;
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) table[code] = classOfUnit(code);
  return table;
}

const CLASSES = buildTable();

/** Class of a code unit; above U+1FFF only whether it is a letter of a script without case. */
export function classOf(code: number): number {
  if (code < TABLE_SIZE) return CLASSES[code] as number;
  return isCaselessLetter(code) ? LOWER : OTHER;
}

function isCaselessLetter(code: number): boolean {
  return (code >= 0x2c00 && code < 0x2e00) || (code >= 0x3041 && code < 0xd800);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  const kind = classOf(code);
  return kind === LOWER || kind === UPPER;
}

/** Letters (with their combining marks) and ASCII digits; the underscore is none. */
export function isWord(code: number): boolean {
  const kind = classOf(code);
  return kind >= LOWER && kind <= DIGIT;
}

export function isUpper(code: number): boolean {
  return classOf(code) === UPPER;
}

/** ASCII letters and digits. */
export function isAlphanumeric(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

export function isHex(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/** Space, tab, line ends and the no-break space. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/** End of the run of word characters that holds `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWord(text.charCodeAt(end))) end++;
  return end;
}
