/** What makes no difference to who searches: accents, and what cannot be seen. The marks of kana make other letters. */
const IGNORED =
  /\p{Default_Ignorable_Code_Point}|(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Hebrew}]/gu;

/** Code units that are folded between two chances for other work. */
const PIECE = 4_096;

const known = new Map<string, string>();

/**
 * A character as it is compared: without case, accents and forms of compatibility, so `É`, `é` and `e` are one, as are `ß` and
 * `ss`. Empty for a mark by itself, a space for every white one.
 */
export function foldCharacter(character: string): string {
  const found = known.get(character);
  if (found !== undefined) return found;
  const folded = /^\s$/u.test(character)
    ? ' '
    : character
        .normalize('NFKD')
        .replaceAll(IGNORED, '')
        .toUpperCase()
        .toLowerCase()
        .replaceAll('ς', 'σ')
        .trim();
  known.set(character, folded);
  return folded;
}

/** A text as it is compared, and where its pieces are from. */
export interface Folded {
  readonly text: string;
  readonly pieces: readonly FoldedPiece[];
}

/** Where a piece of a text begins: in the text as it was, and as it is compared. */
interface FoldedPiece {
  readonly from: number;
  readonly at: number;
}

/** Folds a text of any length, with runs of white space as one space; yields between its pieces. */
export function* folded(text: string): Generator<void, Folded> {
  const pieces: FoldedPiece[] = [];
  const parts: string[] = [];
  let at = 0;
  let isAfterSpace = false;
  for (let from = 0; from < text.length; ) {
    const to = borderAt(text, from + PIECE);
    const piece = foldPiece(text.slice(from, to));
    const part: string = isAfterSpace && piece.startsWith(' ') ? piece.slice(1) : piece;
    pieces.push({ from, at });
    parts.push(part);
    at += part.length;
    if (part !== '') isAfterSpace = part.endsWith(' ');
    from = to;
    yield;
  }
  return { text: parts.join(''), pieces };
}

/**
 * The part of a text around a place in its folded form, which begins with the piece before the one that the place is in and ends
 * with the piece after it.
 */
export function around(text: string, { pieces }: Folded, place: number): string {
  const next = pieces.findIndex(({ at }) => at > place);
  const index = (next === -1 ? pieces.length : next) - 1;
  return text.slice(pieces[Math.max(0, index - 1)]?.from ?? 0, pieces[index + 2]?.from ?? text.length);
}

function foldPiece(piece: string): string {
  const isPlain = /^[\0-\x7f]*$/.test(piece);
  const text = isPlain ? piece.toLowerCase() : Array.from(piece, foldCharacter).join('');
  return text.replaceAll(/\s+/gu, ' ');
}

/** The nearest place from here on that parts no pair of surrogates. */
function borderAt(text: string, place: number): number {
  if (place >= text.length) return text.length;
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place + 1 : place;
}
