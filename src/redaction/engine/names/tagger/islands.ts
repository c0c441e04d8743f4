import { Flag } from './gazetteer.js';
import { isDigitShape, Shape, signWord, type Tokens } from './tokens.js';

/** Lists of words that hardly mean anything else. */
const PLAINLY_LISTED = Flag.Country | Flag.Group | Flag.Title;
const LISTED =
  Flag.First |
  Flag.Last |
  Flag.City |
  Flag.Country |
  Flag.Group |
  Flag.Title |
  Flag.Street |
  Flag.Unit |
  Flag.Organization;
const PLAIN = Flag.Common | Flag.Stop | Flag.Calendar | Flag.Term | Flag.Ambiguous;
/** Signs that join the words of addresses and paths (see `Tokens`). */
const GLUE = new Set([...'.@_/\\=&?:%'].map((sign) => signWord(sign.charCodeAt(0))));
/** Tokens between two candidates that may belong to one entity: particles, `of the`, a comma and a line end. */
const WIDEST_GAP = 3;
/** How far a number may stand from what it belongs to: `12 Oak`, `Apt. 4`, `Lyon , 69001`. */
const NUMBER_REACH = 4;

/** Whether an entity may begin at, or consist of, the token: capitals, words of lists, signs of addresses. */
function isCandidate(tokens: Tokens, i: number): boolean {
  const { shapes, flags } = tokens;
  const shape = shapes[i] as number;
  const flag = flags[i] as number;
  if (shape === Shape.Lower || shape === Shape.LowerInitial) {
    if ((flag & LISTED) === 0 || (flag & Flag.Stop) !== 0 || isGlued(tokens, i)) return false;
    return (flag & PLAINLY_LISTED) !== 0 || (flag & PLAIN) === 0;
  }
  if (shape > Shape.Caseless) return false;
  return (flag & Flag.Stop) === 0 || (flag & (Flag.First | Flag.Last)) !== 0;
}

/** Within a run such as `ada.lovelace@example.org` or `src/london_api.ts`: no name by itself, if it is written small. */
function isGlued(tokens: Tokens, i: number): boolean {
  const { spaced, shapes, words } = tokens;
  if (i > 0 && spaced[i] === 0 && shapes[i - 1] === Shape.Sign && GLUE.has(words[i - 1] as number))
    return true;
  return (
    i + 2 < tokens.count &&
    shapes[i + 1] === Shape.Sign &&
    spaced[i + 1] === 0 &&
    spaced[i + 2] === 0 &&
    (shapes[i + 2] as number) < Shape.Newline &&
    GLUE.has(words[i + 1] as number)
  );
}

const isNumber = (shape: number): boolean => isDigitShape(shape) || shape === Shape.Mixed;

/** A stretch of tokens in which entities may stand; outside of all there are none. */
export interface Island {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the stretches that are worth a look: candidates with a neighbour on both sides and the numbers near them, joined
 * where little stands between. The rest of a text is passed over, which is most of the tagger's speed.
 */
export function* islandsOf(tokens: Tokens): Generator<Island> {
  const { count, shapes } = tokens;
  let from = -1;
  let to = -1;
  for (let i = 0; i < count; i++) {
    if (!isCandidate(tokens, i)) continue;
    const start = beginningBefore(shapes, i);
    if (from >= 0 && start - to > WIDEST_GAP) {
      yield { from, to };
      from = start;
    } else if (from < 0) from = start;
    to = endBehind(shapes, i, count);
  }
  if (from >= 0) yield { from, to };
}

function beginningBefore(shapes: Uint8Array, i: number): number {
  const limit = Math.max(0, i - NUMBER_REACH);
  for (let at = limit; at < i - 1; at++) if (isNumber(shapes[at] as number)) return at;
  return Math.max(0, i - 1);
}

function endBehind(shapes: Uint8Array, i: number, count: number): number {
  const limit = Math.min(count, i + 1 + NUMBER_REACH);
  for (let at = limit - 1; at > i + 1; at--) if (isNumber(shapes[at] as number)) return at + 1;
  return Math.min(count, i + 2);
}
