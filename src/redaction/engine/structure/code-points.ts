const SURROGATE = /[\ud800-\udfff]/;

/** Whether offsets in code units and in code points may differ. */
export const hasSurrogates = (text: string): boolean => SURROGATE.test(text);

/**
 * Converts offsets in UTF-16 code units to offsets in code points. A lone surrogate counts as one; so does each half of a
 * pair that an offset splits.
 * @param offsets ascending, each within 0 and the text's length
 */
export function codePointOffsets(text: string, offsets: readonly number[]): readonly number[] {
  if (!hasSurrogates(text)) return offsets;
  const converted: number[] = [];
  let unit = 0;
  let points = 0;
  for (const offset of offsets) {
    for (; unit < offset; unit++) {
      if (!startsPair(text, unit) || unit + 1 >= offset) points++;
    }
    converted.push(points);
  }
  return converted;
}

/** Number of code points in the text, lone surrogates counted as one each. */
export function codePointLength(text: string): number {
  return codePointOffsets(text, [text.length])[0] ?? 0;
}

function startsPair(text: string, unit: number): boolean {
  const code = text.charCodeAt(unit);
  if (code < 0xd800 || code > 0xdbff) return false;
  const next = text.charCodeAt(unit + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
