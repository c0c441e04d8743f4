import { COLUMN_WORDS } from '../column-words.js';
import { keyLabels } from './key-words.js';

const LONGEST_NAME = 64;

/**
 * Whether the first record of a table names its columns. It must look like names: at least half of its cells filled, each
 * with a letter, not longer than 64 characters, no `@`, not mainly digits. And something must speak for it: half of the
 * names hold a usual column word, or all are identifiers that begin in lower case (`ref_a`), or under one of them most
 * cells have digits or an `@` and its name has none.
 *
 * A wrong guess costs context, not safety, as the cells of a header are searched too.
 */
export function isHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const names = first.map((name) => name.trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length === 0 || filled.length * 2 < names.length || !filled.every(isNameLike)) return false;
  const usual = filled.filter(hasColumnWord).length;
  if (usual * 2 >= filled.length) return true;
  if (rest.length === 0) return false;
  if (
    filled.every((name) => /^\p{Ll}[\p{L}\p{N}_.-]*$/u.test(name)) &&
    filled.some((name) => /[_\d]/.test(name))
  ) {
    return true;
  }
  return names.some((name, column) => /^[^\d@]+$/.test(name) && holdsCodes(rest, column));
}

function isNameLike(name: string): boolean {
  if (name.length > LONGEST_NAME || name.includes('@') || !/\p{L}/u.test(name)) return false;
  return name.replaceAll(/\D/g, '').length * 2 < name.length;
}

function hasColumnWord(name: string): boolean {
  return keyLabels(name).some((word) => COLUMN_WORDS.has(word.toLowerCase()));
}

function holdsCodes(rest: readonly (readonly string[])[], column: number): boolean {
  const cells = rest.map((record) => record[column] ?? '').filter((cell) => cell.trim() !== '');
  return cells.length > 0 && cells.filter((cell) => /[\d@]/.test(cell)).length * 5 >= cells.length * 4;
}
