import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';
import { type Part, readVocabulary, type WordModel } from './vocabulary.js';

/** Settings of other kinds of byte-pair encoding than GPT-2's and RoBERTa's. */
const ELSEWHERE = ['continuing_subword_prefix', 'end_of_word_suffix'];

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Byte-pair encoding (Sennrich, Haddow and Birch, 2016): of all neighbours those are joined that were joined first in
 * training, until none is left that was.
 */
export function readBytePair(spec: JsonReader): WordModel {
  for (const name of ELSEWHERE) {
    if (spec.string(name, '') !== '') throw new ModelFault(`${spec.place}.${name} is not known here.`);
  }
  if (spec.flag('byte_fallback', false))
    throw new ModelFault(`${spec.place}.byte_fallback is not known here.`);
  const vocabulary = readVocabulary(spec);
  const ranks = readMerges(spec);
  const ignoresMerges = spec.flag('ignore_merges', false);
  const unknown = vocabulary.get(spec.string('unk_token', ''));
  return (word) => {
    const known = ignoresMerges ? vocabulary.get(word) : undefined;
    if (known !== undefined) return [{ id: known, from: 0, to: word.length }];
    return merged(word, ranks).flatMap(({ from, to }): Part[] => {
      const id = vocabulary.get(word.slice(from, to)) ?? unknown;
      return id === undefined ? [] : [{ id, from, to }];
    });
  };
}

/** Ranks by the two texts, which hold no blank. */
function readMerges(spec: JsonReader): Map<string, number> {
  const pairs = spec.list('merges').map((merge, index): [string, number] => {
    const [left, right] = Array.isArray(merge) ? merge : String(merge).split(' ');
    if (typeof left !== 'string' || typeof right !== 'string') {
      throw spec.fault(`merges[${index}]`, 'two texts');
    }
    return [`${left} ${right}`, index];
  });
  return new Map(pairs);
}

function merged(word: string, ranks: ReadonlyMap<string, number>): Stretch[] {
  const stretches: Stretch[] = [];
  for (const character of word) {
    const from = stretches.at(-1)?.to ?? 0;
    stretches.push({ from, to: from + character.length });
  }
  for (;;) {
    const at = bestPair(word, stretches, ranks);
    const left = stretches[at];
    const right = stretches[at + 1];
    if (!left || !right) return stretches;
    stretches.splice(at, 2, { from: left.from, to: right.to });
  }
}

function bestPair(word: string, stretches: readonly Stretch[], ranks: ReadonlyMap<string, number>): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + 1 < stretches.length; at++) {
    const [left, right] = [stretches[at], stretches[at + 1]];
    if (!left || !right) break;
    const rank = ranks.get(`${word.slice(left.from, left.to)} ${word.slice(right.from, right.to)}`);
    if (rank !== undefined && rank < least) [best, least] = [at, rank];
  }
  return best;
}
