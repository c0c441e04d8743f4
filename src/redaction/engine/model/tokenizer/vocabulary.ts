import type { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';

/** A stretch of a word, in code units of the word, and the number the model knows it by. */
export interface Part {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/** Takes a word apart into what the model knows. */
export type WordModel = (word: string) => readonly Part[];

/** The numbers of all tokens by their text. @throws ModelFault when one has none */
export function readVocabulary(spec: JsonReader): Map<string, number> {
  const vocabulary = spec.required('vocab');
  return new Map(vocabulary.keys.map((token) => [token, vocabulary.number(token, -1)]));
}

/** The number that stands for whatever is not in the vocabulary. @throws ModelFault when it is not there either */
export function unknownOf(spec: JsonReader, vocabulary: ReadonlyMap<string, number>): number {
  const token = spec.string('unk_token', '[UNK]');
  const id = vocabulary.get(token);
  if (id === undefined) throw new ModelFault(`${spec.place}.unk_token is not in the vocabulary.`);
  return id;
}
