/** Elements of a run that stand for a character. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['w:tab', '\t'],
  ['w:ptab', '\t'],
  ['w:br', '\n'],
  ['w:cr', '\n'],
  ['w:noBreakHyphen', '-'],
  ['w:softHyphen', ''],
  ['w:sym', '\ufffc'],
]);

/**
 * The character that an element stands for, '' for a soft hyphen, undefined for any other element. The same names mean
 * something else outside of runs (`w:tab` in a list of tab stops).
 * @param code of a symbol (ECMA-376 part 1, 17.3.3.30): hexadecimal, in the private area where the font is no Unicode one
 */
export function signText(
  name: string,
  parent: string | undefined,
  code: () => string | undefined,
): string | undefined {
  if (parent === 'a:p') return name === 'a:br' ? '\n' : undefined;
  if (parent !== 'w:r') return undefined;
  return name === 'w:sym' ? symbol(code()) : SIGNS.get(name);
}

function symbol(code = ''): string {
  const point = Number.parseInt(code, 16);
  if (!(point >= 0 && point <= 0xffff)) return '\ufffc';
  return String.fromCharCode(point >= 0xf000 && point <= 0xf0ff ? point & 0xff : point);
}
