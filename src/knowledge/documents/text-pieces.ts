/** Longest piece of a stored text, in UTF-16 code units: small enough to open one for a quotation. */
export const PIECE_UNITS = 16_384;

/** A piece of a text, and where it begins in UTF-16 code units and in code points. */
export interface TextPiece {
  readonly unitStart: number;
  readonly pointStart: number;
  readonly text: string;
}

/** Whether a code unit is the first half of a pair of surrogates. */
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Code points of a text; a lone surrogate counts as one. */
export function countPoints(text: string): number {
  let points = 0;
  for (let at = 0; at < text.length; points++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return points;
}

/** A text in pieces, none of which ends within a pair of surrogates. */
export function* piecesOf(text: string, pieceUnits = PIECE_UNITS): Generator<TextPiece, void> {
  let pointStart = 0;
  for (let unitStart = 0; unitStart < text.length; ) {
    let end = Math.min(text.length, unitStart + pieceUnits);
    while (end < text.length && isHigh(text.charCodeAt(end - 1))) end++;
    const piece = text.slice(unitStart, end);
    yield { unitStart, pointStart, text: piece };
    unitStart += piece.length;
    pointStart += countPoints(piece);
  }
}

/** What stands between two offsets, and where that is in code points. */
export interface Passage {
  readonly text: string;
  readonly pointStart: number;
  readonly pointEnd: number;
}

/**
 * Reads between two offsets, in code units, from pieces that follow one another.
 * @throws RangeError when the pieces do not hold it
 */
export function passageOf(pieces: readonly TextPiece[], start: number, end: number): Passage {
  const [first] = pieces.filter(
    ({ unitStart, text }) => unitStart <= start && start < unitStart + text.length,
  );
  if (!first) throw new RangeError('a passage begins outside of its text');
  const parts = pieces.filter(({ unitStart, text }) => unitStart < end && unitStart + text.length > start);
  const text = parts
    .map((piece) => piece.text.slice(Math.max(0, start - piece.unitStart), end - piece.unitStart))
    .join('');
  if (text.length !== end - start) throw new RangeError('a passage is not whole');
  const pointStart = first.pointStart + countPoints(first.text.slice(0, start - first.unitStart));
  return { text, pointStart, pointEnd: pointStart + countPoints(text) };
}
