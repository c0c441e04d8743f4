import type { ChunkReader } from './chunk-reader.js';
import { stem } from './porter-stemmer.js';
import { STOP_WORD_COUNT } from './stop-words.js';

export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

export interface ChunkQuery {
  /** Each once, however often it was said: in one request, saying a word twice seldom means that it matters twice. */
  readonly terms: readonly WeightedTerm[];
  /** The terms in the order in which they were said. */
  readonly sequence: readonly string[];
  /** Numbers of the stop words; they count only where there is nothing else. */
  readonly stopWords: readonly number[];
}

/**
 * Words by which one asks, whatever one asks for: left out of queries by J. Allan et al., "INQUERY and TREC-9" and, as S. Huston
 * and W. B. Croft, "Evaluating Verbose Query Processing Techniques", SIGIR 2010, found, to good effect. A text may be
 * about them, so here they only count for less.
 */
const ASKING: ReadonlySet<string> = new Set(
  `please find show tell list give describe explain know known information anyone anybody someone somebody available possible
  looking look interested papers articles references`
    .split(/\s+/)
    .map(stem),
);
const ASKING_WEIGHT = 0.4;
/** A word joined at its hyphen says again what its parts say. */
const JOINED_WEIGHT = 0.5;

/** What a query asks for. */
export function readQuery(text: string, reader: ChunkReader): ChunkQuery {
  const { terms, joined, stopBits } = reader.read(text);
  const weights = new Map<string, number>();
  for (const term of terms) weights.set(term, ASKING.has(term) ? ASKING_WEIGHT : 1);
  for (const term of joined) if (!weights.has(term)) weights.set(term, JOINED_WEIGHT);
  const stopWords: number[] = [];
  for (let number = 0; number < STOP_WORD_COUNT; number++)
    if (((stopBits[number >>> 5] ?? 0) >>> (number & 31)) & 1) stopWords.push(number);
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight })),
    sequence: terms,
    stopWords,
  };
}
