import type { ShieldAction } from '../policies/shield-policy.js';
import { LITERAL } from './restorable-tokens.js';

/** A stretch of a text, in UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What a value that was found is, and what becomes of it. */
export interface Verdict {
  /** As clients see it. */
  readonly type: string;
  readonly action: ShieldAction;
}

export interface Spot extends Stretch, Verdict {}

const SEVERITY: Readonly<Record<ShieldAction, number>> = {
  allow: 0,
  tokenize: 1,
  mask: 2,
  local: 3,
  block: 4,
};

/** The stricter of two; of two alike the first, but a type that means something rather than one that does not. */
export function stricter<T extends Verdict>(a: T, b: T): T {
  const difference = SEVERITY[b.action] - SEVERITY[a.action];
  if (difference !== 0) return difference > 0 ? b : a;
  return a.type === LITERAL ? b : a;
}

/** Spots that touch made one, so that nothing is left over of any; what is allowed is left out. In order. */
export function united(spots: readonly Spot[]): Spot[] {
  const disjoint: Spot[] = [];
  const taken = spots.filter(({ action }) => action !== 'allow');
  for (const spot of taken.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = disjoint.at(-1);
    if (!last || last.end <= spot.start) disjoint.push(spot);
    else {
      const { type, action } = stricter(last, spot);
      disjoint[disjoint.length - 1] = { type, action, start: last.start, end: Math.max(last.end, spot.end) };
    }
  }
  return disjoint;
}

/** The index of the first of disjoint stretches, which come in order, that ends behind a place. */
function firstBehind(place: number, disjoint: readonly Stretch[]): number {
  let [low, high] = [0, disjoint.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((disjoint[middle]?.end ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What is left of a stretch outside of disjoint others, which come in order. */
export function* outside(stretch: Stretch, others: readonly Stretch[]): Generator<Stretch> {
  let { start } = stretch;
  for (let at = firstBehind(start, others); at < others.length; at++) {
    const other = others[at];
    if (!other || other.start >= stretch.end) break;
    if (other.start > start) yield { start, end: other.start };
    start = other.end;
  }
  if (start < stretch.end) yield { start, end: stretch.end };
}

/** The first of disjoint stretches, which come in order, that shares something with one. */
export function touched<T extends Stretch>(stretch: Stretch, others: readonly T[]): T | undefined {
  const other = others[firstBehind(stretch.start, others)];
  return other && other.start < stretch.end ? other : undefined;
}
