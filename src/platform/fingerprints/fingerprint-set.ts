import type { Fingerprint } from './fingerprint.js';
import {
  Halves,
  type ProofTable,
  powerOfTwo,
  Texts,
  type TextTable,
  Windows,
  type WindowTable,
} from './fingerprint-tables.js';
import { STRIDE } from './hashes.js';

/** Of a window: by it a whole text is found, or its first half. */
export const WHOLE = 1;
export const HALF = 2;

/**
 * Many fingerprints, arranged for finding. Plain data that can be sent to another process: whoever has it can ask whether
 * a text is one of those in it, or begins like one, and no more.
 */
export interface FingerprintSet {
  /** What digests and hashes are made under. */
  readonly key: Uint8Array;
  /** Two bits for each window, in the word that its hash's high bits name: nearly all windows of a text end here. */
  readonly filter: Int32Array;
  readonly windows: WindowTable;
  /** With the number of each in the order given. */
  readonly texts: TextTable;
  /** First halves that one text alone has; their lengths are those of the whole texts. */
  readonly halves: ProofTable;
}

const WINDOWS_PER_WORD = 4;
const LEAST_WORDS = 1 << 7;
const MOST_WORDS = 1 << 19;
const PER_TURN = 500;

/**
 * Arranges fingerprints; those that have the same digest are one, and the first of them counts. Yields where other work may
 * be let in.
 */
export function* arrange(
  key: Uint8Array,
  fingerprints: readonly Fingerprint[],
): Generator<void, FingerprintSet> {
  const texts = new Texts(fingerprints.length);
  const halves = new Halves(fingerprints.length);
  for (const [number, fingerprint] of fingerprints.entries()) {
    texts.add(fingerprint, number);
    halves.add(fingerprint);
    if (number % PER_TURN === PER_TURN - 1) yield;
  }
  const windows = new Windows(STRIDE * (texts.size + halves.size));
  for (const text of texts.all()) windows.add(text, text.length, WHOLE);
  yield;
  for (const { half, length } of halves.all()) windows.add(half, length, HALF);
  const arranged = windows.done();
  yield;
  return {
    ...{ key, filter: filterOf(arranged.hashes), windows: arranged },
    ...{ texts: texts.done(), halves: halves.done() },
  };
}

/** The same without first halves: nothing is noticed but whole texts, and nothing else can be asked. */
export const wholesOnly = (set: FingerprintSet): FingerprintSet => ({ ...set, halves: new Halves(0).done() });

/** How far a hash is moved so that its high bits name a word of the filter. */
export const filterShift = (filter: Int32Array): number => 32 - Math.log2(filter.length);

/** The two bits of a hash within its word. */
export const filterBits = (hash: number): number => (1 << (hash & 31)) | (1 << ((hash >>> 5) & 31));

/** Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007: both bits lie in one word. */
function filterOf(hashes: Int32Array): Int32Array {
  const words = powerOfTwo(hashes.length / WINDOWS_PER_WORD);
  const filter = new Int32Array(Math.min(MOST_WORDS, Math.max(LEAST_WORDS, words)));
  const shift = filterShift(filter);
  for (const hash of hashes) {
    const word = hash >>> shift;
    filter[word] = (filter[word] ?? 0) | filterBits(hash);
  }
  return filter;
}
