import type { NameClass } from './name-run.js';

type Last = Exclude<NameClass, 'P' | 'T' | 'E' | 'C'>;

/**
 * Score of a full name by what its first and its last word can be (see `NameClass`). Set by hand, in steps of what
 * the pair is worth without any cue; .4 and more is reported by default.
 */
const PAIR_SCORES: Readonly<Record<Last, Readonly<Partial<Record<Last, number>>>>> = {
  F: { F: 0.85, f: 0.75, L: 0.85, l: 0.75, c: 0.55, e: 0.5, U: 0.75, I: 0.6 },
  f: { F: 0.7, f: 0.45, L: 0.7, l: 0.5, c: 0.2, U: 0.45, I: 0.3 },
  L: { F: 0.5, f: 0.4, L: 0.5, l: 0.35, c: 0.2, U: 0.4, I: 0.3 },
  l: { F: 0.5, f: 0.3, L: 0.4, l: 0.2, c: 0.1, U: 0.2, I: 0.1 },
  c: { F: 0.4, f: 0.15, L: 0.45, l: 0.15, c: 0.1, U: 0.15, I: 0.1 },
  U: { F: 0.4, f: 0.2, L: 0.55, l: 0.3, c: 0.1, U: 0.2, I: 0.1 },
  I: { F: 0.5, f: 0.4, L: 0.6, l: 0.5, c: 0.2, e: 0.2, U: 0.45, I: 0 },
  e: {},
};

const SINGLE_SCORES: Readonly<Record<Last, number>> = {
  F: 0.5,
  f: 0.2,
  L: 0.3,
  l: 0.15,
  c: 0.05,
  e: 0,
  U: 0.1,
  I: 0,
};

function isNamePart(kind: NameClass): kind is Last {
  return kind in SINGLE_SCORES;
}

/** Score of a sequence that begins and ends with a name part; 0 when it can be no name. */
export function nameScore(kinds: readonly NameClass[]): number {
  const first = kinds[0];
  const last = kinds.at(-1);
  if (first === undefined || last === undefined || !isNamePart(first) || !isNamePart(last)) return 0;
  if (kinds.length === 1) return SINGLE_SCORES[first];
  return PAIR_SCORES[first][last] ?? 0;
}

/** Whether a name that began with `first` can go on with `next`. */
export function continues(first: NameClass, next: NameClass): boolean {
  if (next === 'P' || next === 'I') return true;
  if (next === 'c' || next === 'e') return first === 'F' || first === 'I';
  return isNamePart(next);
}
