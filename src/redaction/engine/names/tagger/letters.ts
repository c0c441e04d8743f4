import { classOf } from '../../characters.js';

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

export const classAt = classOf;
