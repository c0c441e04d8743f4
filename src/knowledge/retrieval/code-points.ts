const SURROGATE = /[\ud800-\udfff]/;

/**
 * The code point at each offset of UTF-16 code units; a lone surrogate counts as one.
 * @param offsets ascending, none within a pair of surrogates
 */
export function toCodePoints(text: string, offsets: readonly number[]): readonly number[] {
  if (!SURROGATE.test(text)) return offsets;
  let unit = 0;
  let points = 0;
  return offsets.map((offset) => {
    for (; unit < offset; points++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
    return points;
  });
}
