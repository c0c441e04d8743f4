import { FingerprintSearch } from '../platform/fingerprints/fingerprint-search.js';
import type { FingerprintSet } from '../platform/fingerprints/fingerprint-set.js';
import { SHORTEST } from '../platform/fingerprints/hashes.js';
import type { Match, Matcher } from './engine/matcher.js';
import type { SharedSecrets } from './search/search-job.js';
import { UnwrappedText } from './unwrapped-text.js';

/** The values of an organization's variables as one operation knows them. Made for it alone, and never stored. */
export interface KnownSecrets {
  readonly fingerprints: FingerprintSet;
  /** Whose value a fingerprint is, where the caller may know. */
  readonly referenceOf?: (number: number) => string | undefined;
  /** They are found even where a search is limited to other types. */
  readonly always?: boolean;
  /** They are also found where line ends divide them, as pages do with what is longer than a line. */
  readonly wrapped?: boolean;
}

/** Finds an organization's own values, and counts what comes near them. */
export interface VaultMatcher extends Matcher {
  /** How many different guesses all texts so far held: the first half of a value, and then something else. */
  readonly nearGuesses: number;
  /** The same as digests; what another thread has met is added. */
  readonly guesses: Set<string>;
  /** For a search in another thread. */
  shared(): SharedSecrets;
}

/** One for each operation, since guesses are counted over its life. */
export function vaultMatcher({ fingerprints, referenceOf, always, wrapped }: KnownSecrets): VaultMatcher {
  const search = new FingerprintSearch(fingerprints);
  const matchOf = (start: number, end: number, number: number): Match => {
    const reference = referenceOf?.(number);
    return reference === undefined ? { start, end } : { start, end, reference };
  };
  return {
    ...{ type: 'VAULT_SECRET', recognizer: 'vault', shortest: SHORTEST, always: always ?? false },
    guesses: search.guesses,
    shared() {
      const references = new Map<number, string>();
      for (const number of fingerprints.texts.numbers) {
        const reference = referenceOf?.(number);
        if (reference !== undefined) references.set(number, reference);
      }
      return { fingerprints, references };
    },
    get nearGuesses() {
      return search.nearGuesses;
    },
    *find(text) {
      const found = yield* search.find(text);
      const matches = found.map(({ start, end, number }) => matchOf(start, end, number));
      if (!wrapped || !text.includes('\n')) return matches;
      const unwrapped = new UnwrappedText(text);
      for (const { number, ...stretch } of yield* search.find(unwrapped.text)) {
        const { start, end } = unwrapped.sourceOf(stretch);
        if (end - start > stretch.end - stretch.start) matches.push(matchOf(start, end, number));
      }
      return matches;
    },
  };
}
