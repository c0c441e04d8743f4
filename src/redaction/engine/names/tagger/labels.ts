/** What the tagger tells apart, by engine type. */
export const TAGGED_TYPES = ['PERSON', 'LOCATION', 'ADDRESS', 'ORGANIZATION', 'NRP', 'TITLE'] as const;

export type TaggedType = (typeof TAGGED_TYPES)[number];

/** Label 0 is none; of type k, `1 + 2k` begins an entity and `2 + 2k` goes on with it (IOB2, Ratnaparkhi 1998). */
export const OUTSIDE = 0;
export const LABEL_COUNT = 1 + 2 * TAGGED_TYPES.length;

export const beginOf = (type: number): number => 1 + 2 * type;
export const insideOf = (type: number): number => 2 + 2 * type;
export const typeOf = (label: number): number => (label - 1) >> 1;
export const isInside = (label: number): boolean => label > 0 && (label & 1) === 0;

/** An entity goes on only behind its own beginning or inside. */
export function mayFollow(before: number, label: number): boolean {
  return !isInside(label) || before === label || before === label - 1;
}
