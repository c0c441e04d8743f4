import type { JsonReader } from '../json-reader.js';
import type { Part, WordModel } from './vocabulary.js';

/** How much less likely than the least likely piece a character is that no piece has; SentencePiece's figure. */
const UNKNOWN_PENALTY = 10;

interface Piece {
  readonly id: number;
  readonly score: number;
}

interface Step extends Part {
  /** Of the best way to its end. */
  readonly total: number;
}

/** The most likely way to write a word as pieces, each with a probability of its own (Kudo, 2018), by Viterbi's method. */
export function readUnigram(spec: JsonReader): WordModel {
  const pieces = readPieces(spec);
  const longest = Math.max(1, ...[...pieces.keys()].map(({ length }) => length));
  const unknown: Piece = {
    id: spec.number('unk_id', 0),
    score: Math.min(0, ...[...pieces.values()].map(({ score }) => score)) - UNKNOWN_PENALTY,
  };
  return (word) => {
    const best: (Step | undefined)[] = [];
    for (let from = 0; from < word.length; from++) {
      const before = from === 0 ? 0 : best[from]?.total;
      if (before === undefined) continue;
      const character = String.fromCodePoint(word.codePointAt(from) ?? 0).length;
      for (let to = from + 1; to <= Math.min(word.length, from + longest); to++) {
        const piece = pieces.get(word.slice(from, to)) ?? (to === from + character ? unknown : undefined);
        if (!piece) continue;
        const total = before + piece.score;
        if (total > (best[to]?.total ?? Number.NEGATIVE_INFINITY))
          best[to] = { id: piece.id, from, to, total };
      }
      const end = from + character;
      best[end] ??= { id: unknown.id, from, to: end, total: before + unknown.score };
    }
    return wayTo(best, word.length, unknown.id);
  };
}

function readPieces(spec: JsonReader): Map<string, Piece> {
  const entries = spec.list('vocab').map((entry, id): [string, Piece] => {
    const [text, score] = Array.isArray(entry) ? entry : [];
    if (typeof text !== 'string' || typeof score !== 'number') {
      throw spec.fault(`vocab[${id}]`, 'a text and a number');
    }
    return [text, { id, score }];
  });
  return new Map(entries);
}

/** Unknown characters beside each other are one part. */
function wayTo(best: readonly (Step | undefined)[], end: number, unknown: number): Part[] {
  const parts: Part[] = [];
  for (let step = best[end]; step; step = step.from === 0 ? undefined : best[step.from]) {
    const after = parts[0];
    if (after && after.id === unknown && step.id === unknown) parts[0] = { ...after, from: step.from };
    else parts.unshift({ id: step.id, from: step.from, to: step.to });
  }
  return parts;
}
