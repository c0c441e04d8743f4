const TABLE_SIZE = 0x2000;

function buildFolds(): Uint16Array {
  const folds = new Uint16Array(TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) {
    const lower = String.fromCharCode(code).toLowerCase();
    folds[code] = lower.length === 1 ? lower.charCodeAt(0) : code;
  }
  return folds;
}

const FOLDS = buildFolds();

/** Lower case of a code unit, where it is one unit too. */
export const foldAt = (code: number): number => (code < TABLE_SIZE ? (FOLDS[code] as number) : code);

export const HASH_SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** One step of FNV-1a (Fowler, Noll, Vo 1991) over a code unit. */
export const hashStep = (hash: number, unit: number): number => Math.imul(hash ^ unit, PRIME);

/** FNV-1a of a lower-cased word. */
export function hashWord(word: string): number {
  let hash = HASH_SEED;
  for (let at = 0; at < word.length; at++) hash = hashStep(hash, foldAt(word.charCodeAt(at)));
  return hash;
}
