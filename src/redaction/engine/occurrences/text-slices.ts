/** A stretch of a text that is searched on its own. */
export interface TextSlice {
  /** Its text, and as much behind it as a value may reach over its end. */
  readonly text: string;
  /** Of its beginning in the whole. */
  readonly offset: number;
  /** What begins here or later is found in the next slice too. */
  readonly length: number;
}

const SLICE = 1024 * 1024;
const SPACE = /\s/;
/** Between words there may be more white space than the value has, and a character may be folded to several. */
const STRETCHED = 4;
const MARGIN = 1_024;

/**
 * Cuts a long text so that what is derived from it is never held for the whole at once. Slices begin behind white space,
 * where there is any.
 * @param longest length of the longest value that is looked for
 */
export function* slicesOf(text: string, longest: number): Generator<TextSlice> {
  const overlap = longest * STRETCHED + MARGIN;
  for (let offset = 0; offset < text.length; ) {
    const next = text.length - offset <= SLICE + overlap ? text.length : wordStart(text, offset + SLICE);
    const length = next - offset;
    yield {
      text: offset === 0 && next === text.length ? text : text.slice(offset, next + overlap),
      offset,
      length,
    };
    offset = next;
  }
}

function wordStart(text: string, from: number): number {
  for (let at = from; at < Math.min(text.length, from + MARGIN); at++) {
    if (SPACE.test(text.charAt(at))) return at;
  }
  const code = text.charCodeAt(from);
  return code >= 0xdc00 && code <= 0xdfff ? from + 1 : from;
}
